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
 * A simple recurrent network (Elman, 1990).
 *
 * <pre>
 * h &lt;- tanh(W_ih x + b_ih + W_hh h + b_hh)
 * </pre>
 *
 * <p>From [n, time, features] to [n, time, units] or, of the last step, [n, units]; twice the units if bidirectional. Parameters of layer k in PyTorch's layout:
 * {@code weight_ih_lk} [units, features], {@code weight_hh_lk} [units, units], {@code bias_ih_lk}, {@code bias_hh_lk} [units], and for
 * the other direction the same with {@code _reverse}. All start uniform within {@code 1 / sqrt(units)} of 0; the states start at 0.
 *
 * @param units the length of the hidden state
 * @param layers on top of each other, each on the outputs of the one below
 * @param bidirectional whether a second row of cells goes from the end to the start; outputs are joined
 * @param bias whether there are biases
 * @param dropout in training, the probability with which an element between two layers becomes 0
 * @param output every step's hidden state, or the last one's
 * @param nonlinearity in place of tanh, relu
 * @param lengths names whole numbers [n]: how many steps of each row count, as in PyTorch's packed sequences. Beyond them the output is 0, the last state is that of
 *     the last step that counts, and the other direction starts there
 */
@Description("A simple recurrent network over [rows, time, features].")
public record Rnn(
        @Description("Length of the hidden state.") @Min(1) int units,
        @Description("Number of layers on top of each other.") @Default("1") @Min(1) int layers,
        @Description("Whether to go through the sequence backwards too.") @Default("false") boolean bidirectional,
        @Description("Whether to add learned biases.") @Default("true") boolean bias,
        @Description("Dropout between the layers.") @Default("0") @Min(0) @LessThan(1) double dropout,
        @Description("sequence gives on the hidden state of every step, last that of the last one.") @Default("sequence") Output output,
        @Description("tanh, or relu.") @Default("tanh") Nonlinearity nonlinearity,
        @Description("Name of a column of the data, or of a layer around, that holds the number of steps of each row that count; if absent, all count.")
                Optional<String> lengths)
        implements Layer {

    /** What a step ends with. */
    public enum Nonlinearity {
        /** The hyperbolic tangent. */
        TANH,
        /** max(x, 0). */
        RELU
    }

    /** One layer, one direction, with biases; gives on every step's hidden state. */
    public static Rnn of(int units) {
        return new Rnn(units, 1, false, true, 0, Output.SEQUENCE, Nonlinearity.TANH, Optional.empty());
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return new Recurrence("rnn", units, 1, 1, true, layers, bidirectional, bias, dropout, Optional.empty(), lengths)
                .run(context, input, this::next, output);
    }

    private List<Tensor> next(Tensor fromInput, Tensor fromHidden, List<Tensor> states) {
        Tensor sum = fromInput.add(fromHidden);
        return List.of(nonlinearity == Nonlinearity.TANH ? sum.tanh() : sum.relu());
    }
}
