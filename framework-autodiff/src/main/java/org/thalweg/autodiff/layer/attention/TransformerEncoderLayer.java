package org.thalweg.autodiff.layer.attention;

import java.util.Optional;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * A block of a transformer (Vaswani et al., 2017): attention, then two dense layers at each place, each with a shortcut around it and a layer normalisation; from
 * [n, time, features] to the same.
 *
 * <pre>
 * x &lt;- norm1(x + self_attn(x))
 * x &lt;- norm2(x + linear2(activation(linear1(x))))
 * </pre>
 *
 * <p>or, normalised first, {@code x + self_attn(norm1(x))} and so on (Xiong et al., 2020). Parameters under PyTorch's names: {@code self_attn.*}, {@code linear1.*},
 * {@code linear2.*}, {@code norm1.*}, {@code norm2.*}.
 *
 * @param heads of the attention; divide the features
 * @param feedForward the units of {@code linear1}
 * @param causal whether each place sees only itself and those before it, as in a language model
 * @param normalizeFirst whether normalisation comes before attention and dense layers, not after the sums
 * @param activation between the dense layers
 * @param dropout in training, of the attention weights, after the activation, and before each sum
 * @param epsilon of the normalisations
 * @param lengths names whole numbers [n]: how many places of each row there are to see
 * @param mask of the attention, see {@link MultiHeadAttention}
 */
@Description("Self-attention and two dense layers at each place, with shortcuts and normalisation.")
public record TransformerEncoderLayer(
        @Description("Number of heads; the features are a multiple of it.") @Min(1) int heads,
        @Description("Units of the first dense layer.") @Default("2048") @Min(1) int feedForward,
        @Description("Whether each place sees only itself and those before it.") @Default("false") boolean causal,
        @Description("Whether normalisation comes first, not after the sums.") @Default("false") boolean normalizeFirst,
        @Description("Between the dense layers.") @Default("relu") Layer activation,
        @Description("Dropout in attention, after the activation, and before each sum.") @Default("0.1") @Min(0) @LessThan(1) double dropout,
        @Description("Added to the variance when normalising.") @Default("1e-5") @Min(0) double epsilon,
        @Description("Name of a column or layer that holds how many places of each row can be seen; if absent, all.") Optional<String> lengths,
        @Description("Name of a column or layer [time, time], with the rows before it or not: true or 1 hides, other numbers are added to the scores.")
                Optional<String> mask)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        TransformerBlock block = new TransformerBlock(context, normalizeFirst, dropout, epsilon);
        Layer attention = new MultiHeadAttention(heads, causal, true, dropout, Optional.empty(), lengths, mask);
        Tensor seen = block.around(input, "self_attn", attention, "norm1");
        return block.aroundFeedForward(seen, feedForward, activation, "norm2");
    }
}
