package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.data.DataException;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.Shape;

/**
 * The edits between answers and targets, and the symbols of the targets, summed over the rows: [2]. After a tensor that says the type, it takes
 * the best symbol of each time step, [N, T], the targets [N, S], and their lengths, [N] both. Levenshtein's distance, one row of the table at a time.
 */
record EditDistanceOp(int blank) implements CustomOp {
    private static final int ANSWERS = 1;
    private static final int TARGET = 2;
    private static final int INPUT_LENGTHS = 3;
    private static final int TARGET_LENGTHS = 4;

    @Override
    public String name() {
        return "edit-distance";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return Shape.of(2);
    }

    @Override
    public int workspace(List<Shape> inputs) {
        return inputs.get(TARGET).extent(1) + 1;
    }

    @Override
    public void forward(List<Values> inputs, Values output, double[] workspace) {
        double edits = 0;
        double symbols = 0;
        for (int row = 0; row < inputs.get(ANSWERS).shape().extent(0); row++) {
            int time = length(inputs, row, INPUT_LENGTHS, ANSWERS);
            int length = length(inputs, row, TARGET_LENGTHS, TARGET);
            edits += edits(inputs, row, time, length, workspace);
            symbols += length;
        }
        output.set(0, edits);
        output.set(1, symbols);
    }

    private static int length(List<Values> inputs, int row, int lengths, int of) {
        int length = (int) inputs.get(lengths).get(row);
        int most = inputs.get(of).shape().extent(1);
        if (length < 0 || length > most) {
            throw new DataException("label-error-rate: row " + row + " has the length " + length + ", but it must be between 0 and " + most);
        }
        return length;
    }

    /** distance[j]: the edits from the symbols that were answered so far to the first j of the target. */
    private double edits(List<Values> inputs, int row, int time, int length, double[] distance) {
        Values answers = inputs.get(ANSWERS);
        Values target = inputs.get(TARGET);
        int firstAnswer = row * answers.shape().extent(1);
        int firstSymbol = row * target.shape().extent(1);
        for (int j = 0; j <= length; j++) {
            distance[j] = j;
        }
        double before = blank;
        for (int t = 0; t < time; t++) {
            double answer = answers.get(firstAnswer + t);
            if (answer != blank && answer != before) {
                double diagonal = distance[0];
                distance[0]++;
                for (int j = 1; j <= length; j++) {
                    double replaced = diagonal + (target.get(firstSymbol + j - 1) == answer ? 0 : 1);
                    diagonal = distance[j];
                    distance[j] = Math.min(replaced, 1 + Math.min(distance[j], distance[j - 1]));
                }
            }
            before = answer;
        }
        return distance[length];
    }

    @Override
    public void backward(int position, List<Values> inputs, Values output, Values upstream, Values gradient, double[] workspace) {
        throw new UnsupportedOperationException("a number of edits has no gradient");
    }
}
