package org.thalweg.autodiff.layer.attention;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Dropout;
import org.thalweg.autodiff.layer.normalization.LayerNorm;

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
 */
@Description("Self-attention and two dense layers at each place, with shortcuts and normalisation.")
public record TransformerEncoderLayer(
        @Description("Number of heads; the features are a multiple of it.") @Min(1) int heads,
        @Description("Units of the first dense layer.") @Default("2048") @Min(1) int feedForward,
        @Description("Whether each place sees only itself and those before it.") @Default("false") boolean causal,
        @Description("Whether normalisation comes first, not after the sums.") @Default("false") boolean normalizeFirst,
        @Description("Between the dense layers.") @Default("relu") Layer activation,
        @Description("Dropout in attention, after the activation, and before each sum.") @Default("0.1") @Min(0) @LessThan(1) double dropout,
        @Description("Added to the variance when normalising.") @Default("1e-5") @Min(0) double epsilon)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Layer attention = new MultiHeadAttention(heads, causal, true, dropout);
        Tensor x = input;
        if (normalizeFirst) {
            x = x.add(dropped(context, context.apply("self_attn", attention, normalized(context, "norm1", x))));
            return x.add(feedForward(context, normalized(context, "norm2", x)));
        }
        x = normalized(context, "norm1", x.add(dropped(context, context.apply("self_attn", attention, x))));
        return normalized(context, "norm2", x.add(feedForward(context, x)));
    }

    private Tensor feedForward(LayerContext context, Tensor x) {
        int features = x.shape().extent(-1);
        Tensor inner = context.apply("activation", activation, context.apply("linear1", Dense.of(feedForward), x));
        return dropped(context, context.apply("linear2", Dense.of(features), dropped(context, inner)));
    }

    private Tensor normalized(LayerContext context, String name, Tensor x) {
        return context.apply(name, new LayerNorm(1, epsilon, true), x);
    }

    private Tensor dropped(LayerContext context, Tensor x) {
        return new Dropout(dropout).apply(context, x);
    }
}
