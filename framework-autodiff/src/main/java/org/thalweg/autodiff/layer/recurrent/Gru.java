package org.thalweg.autodiff.layer.recurrent;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Gated recurrent unit (Cho et al., 2014), in the variant that resets after the product.
 *
 * <pre>
 * r, z = sigmoid(W_ih x + b_ih + W_hh h + b_hh)    each its own rows of the weights
 * n    = tanh(W_ih x + b_ih + r * (W_hh h + b_hh))
 * h &lt;- (1 - z) * n + z * h
 * </pre>
 *
 * <p>From [n, time, features] to [n, time, units] or, of the last step, [n, units]; twice the units if bidirectional. Parameters of layer k in PyTorch's layout:
 * {@code weight_ih_lk} [3 units, features], {@code weight_hh_lk} [3 units, units], {@code bias_ih_lk}, {@code bias_hh_lk} [3 units], the gates in the order r, z, n, and for
 * the other direction the same with {@code _reverse}. All start uniform within {@code 1 / sqrt(units)} of 0; the states start at 0.
 *
 * @param units the length of the hidden state
 * @param layers on top of each other, each on the outputs of the one below
 * @param bidirectional whether a second row of cells goes from the end to the start; outputs are joined
 * @param bias whether there are biases
 * @param dropout in training, the probability with which an element between two layers becomes 0
 * @param output every step's hidden state, or the last one's
 * @param lengths names whole numbers [n]: how many steps of each row count, as in PyTorch's packed sequences. Beyond them the output is 0, the last state is that of
 *     the last step that counts, and the other direction starts there
 */
@Description("Gated recurrent units over [rows, time, features].")
public record Gru(
        @Description("Length of the hidden state.") @Min(1) int units,
        @Description("Number of layers on top of each other.") @Default("1") @Min(1) int layers,
        @Description("Whether to go through the sequence backwards too.") @Default("false") boolean bidirectional,
        @Description("Whether to add learned biases.") @Default("true") boolean bias,
        @Description("Dropout between the layers.") @Default("0") @Min(0) @LessThan(1) double dropout,
        @Description("sequence gives on the hidden state of every step, last that of the last one.") @Default("sequence") Output output,
        @Description("Name of a column of the data, or of a layer around, that holds the number of steps of each row that count; if absent, all count.")
                Optional<String> lengths)
        implements Layer {

    /** One layer, one direction, with biases; gives on every step's hidden state. */
    public static Gru of(int units) {
        return new Gru(units, 1, false, true, 0, Output.SEQUENCE, Optional.empty());
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return new Recurrence("gru", units, 3, 1, false, layers, bidirectional, bias, dropout, Optional.empty(), lengths)
                .run(context, input, this::next, output);
    }

    private List<Tensor> next(Tensor fromInput, Tensor fromHidden, List<Tensor> states) {
        Tensor r = Recurrence.gate(fromInput, 0, units).add(Recurrence.gate(fromHidden, 0, units)).sigmoid();
        Tensor z = Recurrence.gate(fromInput, 1, units).add(Recurrence.gate(fromHidden, 1, units)).sigmoid();
        Tensor n = Recurrence.gate(fromInput, 2, units).add(r.mul(Recurrence.gate(fromHidden, 2, units))).tanh();
        Tensor h = states.getFirst();
        return List.of(n.add(z.mul(h.sub(n))));
    }
}
