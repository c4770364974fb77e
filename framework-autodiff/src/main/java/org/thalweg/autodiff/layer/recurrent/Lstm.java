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
 * Long short-term memory (Hochreiter and Schmidhuber, 1997; with the forget gate of Gers et al., 2000).
 *
 * <pre>
 * i, f, o = sigmoid(W_ih x + b_ih + W_hh h + b_hh)    each its own rows of the weights
 * g       = tanh(W_ih x + b_ih + W_hh h + b_hh)
 * c &lt;- f * c + i * g
 * h &lt;- o * tanh(c)
 * </pre>
 *
 * <p>From [n, time, features] to [n, time, units] or, of the last step, [n, units]; twice the units if bidirectional. Parameters of layer k in PyTorch's layout:
 * {@code weight_ih_lk} [4 units, features], {@code weight_hh_lk} [4 units, units], {@code bias_ih_lk}, {@code bias_hh_lk} [4 units], the gates in the order i, f, g, o, and for
 * the other direction the same with {@code _reverse}. All start uniform within {@code 1 / sqrt(units)} of 0; the states start at 0.
 *
 * @param units the length of the hidden state
 * @param layers on top of each other, each on the outputs of the one below
 * @param bidirectional whether a second row of cells goes from the end to the start; outputs are joined
 * @param bias whether there are biases
 * @param dropout in training, the probability with which an element between two layers becomes 0
 * @param output every step's hidden state, or the last one's
 * @param projection the length p to which the hidden state is brought, {@code h <- W_hr h} (Sak et al., 2014), by {@code weight_hr_lk} [p, units]; below the units; if
 *     absent, it stays
 * @param lengths names whole numbers [n]: how many steps of each row count, as in PyTorch's packed sequences. Beyond them the output is 0, the last state is that of
 *     the last step that counts, and the other direction starts there
 */
@Description("Long short-term memory over [rows, time, features].")
public record Lstm(
        @Description("Length of the hidden state.") @Min(1) int units,
        @Description("Number of layers on top of each other.") @Default("1") @Min(1) int layers,
        @Description("Whether to go through the sequence backwards too.") @Default("false") boolean bidirectional,
        @Description("Whether to add learned biases.") @Default("true") boolean bias,
        @Description("Dropout between the layers.") @Default("0") @Min(0) @LessThan(1) double dropout,
        @Description("sequence gives on the hidden state of every step, last that of the last one.") @Default("sequence") Output output,
        @Description("Length to which the hidden state is brought by a further weight; if absent, it stays.") @Min(1) Optional<Integer> projection,
        @Description("Name of a column of the data, or of a layer around, that holds the number of steps of each row that count; if absent, all count.")
                Optional<String> lengths)
        implements Layer {

    /** One layer, one direction, with biases; gives on every step's hidden state. */
    public static Lstm of(int units) {
        return new Lstm(units, 1, false, true, 0, Output.SEQUENCE, Optional.empty(), Optional.empty());
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return new Recurrence("lstm", units, 4, 2, true, layers, bidirectional, bias, dropout, projection, lengths)
                .run(context, input, this::next, output);
    }

    private List<Tensor> next(Tensor fromInput, Tensor fromHidden, List<Tensor> states) {
        Tensor sum = fromInput.add(fromHidden);
        Tensor i = Recurrence.gate(sum, 0, units).sigmoid();
        Tensor f = Recurrence.gate(sum, 1, units).sigmoid();
        Tensor g = Recurrence.gate(sum, 2, units).tanh();
        Tensor o = Recurrence.gate(sum, 3, units).sigmoid();
        Tensor c = f.mul(states.get(1)).add(i.mul(g));
        return List.of(o.mul(c.tanh()), c);
    }
}
