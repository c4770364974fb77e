package org.thalweg.autodiff.layer.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.Dropout;
import org.thalweg.autodiff.layer.Lengths;
import org.thalweg.autodiff.layer.Uniform;

/**
 * What the recurrent layers have in common: layers on top of each other, one or two directions, steps; and rows of different lengths, with the meaning
 * of PyTorch's packed sequences.
 *
 * @param name the layer's, for messages
 * @param units the length of a hidden state
 * @param gates how many numbers a unit computes in a step
 * @param states how many tensors a cell hands on; the first is the hidden state
 * @param biasesTogether whether a cell only ever adds up what comes from the input and from the hidden state
 * @param layers on top of each other
 * @param bidirectional whether a second row of cells goes from the end to the start
 * @param bias whether there are biases
 * @param dropout between the layers
 * @param projection the length to which a hidden state is brought; if absent, it stays
 * @param lengths names the lengths of the rows; if absent, all steps count
 */
record Recurrence(
        String name,
        int units,
        int gates,
        int states,
        boolean biasesTogether,
        int layers,
        boolean bidirectional,
        boolean bias,
        double dropout,
        Optional<Integer> projection,
        Optional<String> lengths) {

    /** One step of the recurrence. */
    interface Cell {
        /**
         * The next states.
         *
         * @param fromInput {@code W_ih x + b_ih}, [n, gates * units], and, if the biases are together, {@code + b_hh}
         * @param fromHidden {@code W_hh h}, [n, gates * units], and, unless the biases are together, {@code + b_hh}
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
        Tensor counts = null;
        if (lengths.isPresent()) {
            counts = Lengths.within(name, context, lengths.get(), shape.extent(0), shape.extent(1)).transpose().reshape(shape.extent(1), shape.extent(0), 1);
            // Whatever stands in the padding, not even its product with 0 may reach a weight.
            sequence = counts.where(sequence, sequence.constant(0));
        }
        Tensor last = null;
        for (int layer = 0; layer < layers; layer++) {
            if (layer > 0) {
                sequence = new Dropout(dropout).apply(context, sequence);
            }
            Tensor below = sequence;
            Direction forward = direction(context, "_l" + layer, below, counts, cell, false);
            sequence = forward.hidden();
            last = forward.last();
            if (bidirectional) {
                Direction backward = direction(context, "_l" + layer + "_reverse", below, counts, cell, true);
                sequence = sequence.concat(2, List.of(backward.hidden()));
                last = last.concat(1, List.of(backward.last()));
            }
        }
        return output == Output.LAST ? last : sequence.permute(1, 0, 2);
    }

    /**
     * What one direction of a layer computes.
     *
     * @param hidden the hidden state after each step, in the order of time; 0 where a step does not count
     * @param last the hidden state after the last step that counts
     */
    private record Direction(Tensor hidden, Tensor last) {}

    private Direction direction(LayerContext context, String suffix, Tensor sequence, Tensor counts, Cell cell, boolean reversed) {
        int rows = sequence.shape().extent(1);
        int width = projection.orElse(units);
        double bound = 1 / Math.sqrt(units);
        Initializer near = new Uniform(-bound, bound);
        Tensor inputWeight = context.parameter("weight_ih" + suffix, Shape.of(gates * units, sequence.shape().extent(2)), near);
        Tensor hiddenWeight = context.parameter("weight_hh" + suffix, Shape.of(gates * units, width), near).transpose();
        // All steps of the input in one product.
        Tensor fromInputs = sequence.matmul(inputWeight.transpose());
        Tensor hiddenBias = null;
        if (bias) {
            Tensor inputBias = context.parameter("bias_ih" + suffix, Shape.of(gates * units), near);
            hiddenBias = context.parameter("bias_hh" + suffix, Shape.of(gates * units), near);
            fromInputs = fromInputs.add(biasesTogether ? inputBias.add(hiddenBias) : inputBias);
        }
        Tensor project = projection.isEmpty() ? null : context.parameter("weight_hr" + suffix, Shape.of(width, units), near).transpose();

        List<Tensor> steps = split(fromInputs, reversed);
        List<Tensor> live = counts == null ? null : split(counts, reversed);
        List<Tensor> current = new ArrayList<>(Collections.nCopies(states, sequence.constant(0).broadcastTo(Shape.of(rows, units))));
        current.set(0, sequence.constant(0).broadcastTo(Shape.of(rows, width)));
        List<Tensor> hidden = new ArrayList<>();
        for (int step = 0; step < steps.size(); step++) {
            Tensor fromHidden = current.getFirst().matmul(hiddenWeight);
            if (bias && !biasesTogether) {
                fromHidden = fromHidden.add(hiddenBias);
            }
            List<Tensor> next = new ArrayList<>(cell.next(steps.get(step).reshape(Shape.of(rows, gates * units)), fromHidden, current));
            if (project != null) {
                next.set(0, next.getFirst().matmul(project));
            }
            if (live != null) {
                // Before its first and after its last step that counts, a row stands still.
                Tensor now = live.get(step).reshape(Shape.of(rows, 1));
                for (int i = 0; i < states; i++) {
                    next.set(i, now.where(next.get(i), current.get(i)));
                }
            }
            current = next;
            hidden.add(current.getFirst());
        }
        Tensor last = hidden.getLast();
        if (reversed) {
            Collections.reverse(hidden);
        }
        Tensor all = joined(hidden);
        return new Direction(counts == null ? all : counts.where(all, all.constant(0)), last);
    }

    private static List<Tensor> split(Tensor sequence, boolean reversed) {
        List<Tensor> steps = new ArrayList<>();
        split(sequence, steps);
        if (reversed) {
            Collections.reverse(steps);
        }
        return steps;
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
