package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.tensor.CustomOp;

/**
 * One row of a batch, as the lattice sees it.
 *
 * @param op knows the layout
 * @param row its number
 * @param length of the input
 * @param first where its target begins
 * @param symbols of the target
 * @param inputs of the operation
 * @param output of the operation
 */
record CtcRow(CtcOp op, int row, int length, int first, int symbols, List<CustomOp.Values> inputs, CustomOp.Values output) {
    /** The symbol of a position of the target, from 1; position 0 is the blank. */
    int symbol(int position) {
        return position == 0 ? op.blank() : (int) inputs.get(1).get(first + position - 1);
    }

    double logProbability(int t, int symbol) {
        return inputs.getFirst().get(op.start(inputs.getFirst().shape(), row, t) + symbol);
    }

    void addToGradient(int t, int symbol, double value) {
        int at = gradientStart(t) + symbol;
        output.set(at, output.get(at) + value);
    }

    void fillGradient(double value) {
        int classes = inputs.getFirst().shape().extent(2);
        for (int t = 0; t < length; t++) {
            int start = gradientStart(t);
            for (int i = start; i < start + classes; i++) {
                output.set(i, value);
            }
        }
    }

    private int gradientStart(int t) {
        return op.rows(inputs.getFirst().shape()) + op.start(inputs.getFirst().shape(), row, t);
    }
}
