package org.thalweg.autodiff.layer.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.Dropout;
import org.thalweg.autodiff.layer.Uniform;

/**
 * What the recurrent layers have in common: layers on top of each other, one or two directions, steps.
 *
 * @param name the layer's, for messages
 * @param units the length of a hidden state
 * @param gates how many numbers a unit computes in a step
 * @param states how many tensors a cell hands on; the first is the hidden state
 * @param layers on top of each other
 * @param bidirectional whether a second row of cells goes from the end to the start
 * @param bias whether there are biases
 * @param dropout between the layers
 */
record Recurrence(String name, int units, int gates, int states, int layers, boolean bidirectional, boolean bias, double dropout) {

    /** One step of the recurrence. */
    interface Cell {
        /**
         * The next states.
         *
         * @param fromInput {@code W_ih x + b_ih}, [n, gates * units]
         * @param fromHidden {@code W_hh h + b_hh}, [n, gates * units]
         * @param states before the step, each [n, units]
         */
        List<Tensor> next(Tensor fromInput, Tensor fromHidden, List<Tensor> states);
    }

    Tensor run(LayerContext context, Tensor input, Cell cell, Output output) {
        Shape shape = input.shape();
        if (shape.rank() != 3 || shape.extent(1) == 0) {
            throw new ShapeException(name + " at '" + context.path() + "': the input must be [rows, time, features] with at least one step, but has the shape "
                    + shape);
        }
        // The steps lie one after another in memory, so that each is a plain slice.
        Tensor sequence = input.permute(1, 0, 2);
        Tensor last = null;
        for (int layer = 0; layer < layers; layer++) {
            if (layer > 0) {
                sequence = new Dropout(dropout).apply(context, sequence);
            }
            List<Tensor> forward = direction(context, "_l" + layer, sequence, cell, false);
            Tensor there = joined(forward);
            last = forward.getLast();
            if (bidirectional) {
                List<Tensor> backward = direction(context, "_l" + layer + "_reverse", sequence, cell, true);
                last = last.concat(1, List.of(backward.getFirst()));
                there = there.concat(2, List.of(joined(backward)));
            }
            sequence = there;
        }
        return output == Output.LAST ? last : sequence.permute(1, 0, 2);
    }

    /** The hidden state after each step, in the order of time. */
    private List<Tensor> direction(LayerContext context, String suffix, Tensor sequence, Cell cell, boolean reversed) {
        int rows = sequence.shape().extent(1);
        double bound = 1 / Math.sqrt(units);
        Initializer near = new Uniform(-bound, bound);
        Tensor inputWeight = context.parameter("weight_ih" + suffix, Shape.of(gates * units, sequence.shape().extent(2)), near);
        Tensor hiddenWeight = context.parameter("weight_hh" + suffix, Shape.of(gates * units, units), near).transpose();
        Tensor fromInputs = sequence.matmul(inputWeight.transpose());
        Tensor hiddenBias = null;
        if (bias) {
            fromInputs = fromInputs.add(context.parameter("bias_ih" + suffix, Shape.of(gates * units), near));
            hiddenBias = context.parameter("bias_hh" + suffix, Shape.of(gates * units), near);
        }
        List<Tensor> steps = new ArrayList<>();
        split(fromInputs, steps);
        if (reversed) {
            Collections.reverse(steps);
        }
        List<Tensor> current = Collections.nCopies(states, sequence.constant(0).broadcastTo(Shape.of(rows, units)));
        List<Tensor> hidden = new ArrayList<>();
        for (Tensor step : steps) {
            Tensor product = current.getFirst().matmul(hiddenWeight);
            Tensor fromHidden = bias ? product.add(hiddenBias) : product;
            current = cell.next(step.reshape(Shape.of(rows, gates * units)), fromHidden, current);
            hidden.add(current.getFirst());
        }
        if (reversed) {
            Collections.reverse(hidden);
        }
        return hidden;
    }

    /** One half after the other, because the gradient of a slice is as large as what it was taken from: so each element is added up log(time) times, not time times. */
    private static void split(Tensor sequence, List<Tensor> steps) {
        int time = sequence.shape().extent(0);
        if (time == 1) {
            steps.add(sequence);
            return;
        }
        split(sequence.slice(0, 0, time / 2), steps);
        split(sequence.slice(0, time / 2, time), steps);
    }

    private static Tensor joined(List<Tensor> steps) {
        List<Tensor> rows = steps.stream().map(step -> step.reshape(step.shape().prepend(1))).toList();
        return rows.getFirst().concat(0, rows.subList(1, rows.size()));
    }

    /** One gate's numbers out of all. */
    static Tensor gate(Tensor all, int number, int units) {
        return all.slice(1, number * units, (number + 1) * units);
    }
}
