package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.data.DataException;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.Shape;

/**
 * The dynamic programme of {@link Ctc}. The output is one vector: the loss of each row, then the derivative of each row's loss with respect to the
 * input, so that the way back only multiplies.
 */
record CtcOp(String name, int blank, boolean zeroInfinity, boolean batchFirst) implements CustomOp {
    private static final int TARGET = 1;
    private static final int INPUT_LENGTHS = 2;
    private static final int TARGET_LENGTHS = 3;

    @Override
    public Shape shape(List<Shape> inputs) {
        return Shape.of(Math.toIntExact(rows(inputs.getFirst()) + inputs.getFirst().size()));
    }

    @Override
    public int workspace(List<Shape> inputs) {
        return CtcLattice.space(time(inputs.getFirst()), mostSymbols(inputs.get(TARGET)));
    }

    @Override
    public void forward(List<Values> inputs, Values output, double[] workspace) {
        Values x = inputs.getFirst();
        Values target = inputs.get(TARGET);
        int rows = rows(x.shape());
        int size = (int) (rows + x.shape().size());
        for (int i = 0; i < size; i++) {
            output.set(i, 0);
        }
        boolean concatenated = target.shape().rank() == 1;
        CtcLattice lattice = new CtcLattice(workspace);
        int next = 0;
        for (int row = 0; row < rows; row++) {
            int length = checked(row, inputs.get(INPUT_LENGTHS), time(x.shape()), "input length", "input", x);
            int first = concatenated ? next : row * target.shape().extent(1);
            int most = concatenated ? target.shape().extent(0) - first : target.shape().extent(1);
            int symbols = checked(row, inputs.get(TARGET_LENGTHS), most, "target length", "target", target);
            next += symbols;
            checkSymbols(row, target, first, symbols, x.shape().extent(2));
            output.set(row, align(lattice, new CtcRow(this, row, length, first, symbols, inputs, output)));
        }
        if (concatenated && next != target.shape().extent(0)) {
            throw new DataException(name + ": the target lengths add up to " + next + ", but 'target' is " + target.shape());
        }
    }

    private double align(CtcLattice lattice, CtcRow row) {
        double loss = lattice.align(row);
        if (loss == Double.POSITIVE_INFINITY && zeroInfinity) {
            row.fillGradient(0);
            return 0;
        }
        if (!(loss < Double.POSITIVE_INFINITY)) {
            row.fillGradient(Double.NaN);
        }
        return loss;
    }

    private int checked(int row, Values lengths, int most, String what, String input, Values of) {
        int length = (int) lengths.get(row);
        if (length < 0 || length > most) {
            throw new DataException(name + ": row " + row + " has the " + what + " " + length + ", but '" + input + "' is " + of.shape()
                    + ": it must be between 0 and " + most);
        }
        return length;
    }

    private void checkSymbols(int row, Values target, int first, int count, int classes) {
        for (int i = 0; i < count; i++) {
            int symbol = (int) target.get(first + i);
            if (symbol < 0 || symbol >= classes || symbol == blank) {
                throw new DataException(name + ": 'target' has the symbol " + symbol + " in row " + row + ", but there are 0 to "
                        + (classes - 1) + ", of which " + blank + " is the blank");
            }
        }
    }

    @Override
    public void backward(int position, List<Values> inputs, Values output, Values upstream, Values gradient, double[] workspace) {
        Shape shape = inputs.getFirst().shape();
        int rows = rows(shape);
        int time = time(shape);
        int classes = shape.extent(2);
        for (int row = 0; row < rows; row++) {
            double u = upstream.get(row);
            for (int t = 0; t < time; t++) {
                int start = start(shape, row, t);
                for (int i = start; i < start + classes; i++) {
                    gradient.set(i, u * output.get(rows + i));
                }
            }
        }
    }

    /** Where the symbols of a row begin at a time step. */
    int start(Shape shape, int row, int t) {
        return (batchFirst ? row * shape.extent(1) + t : t * shape.extent(1) + row) * shape.extent(2);
    }

    int rows(Shape input) {
        return input.extent(batchFirst ? 0 : 1);
    }

    private int time(Shape input) {
        return input.extent(batchFirst ? 1 : 0);
    }

    private static int mostSymbols(Shape target) {
        return target.extent(-1);
    }
}
