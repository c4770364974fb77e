package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * How a figure of each class becomes one figure of all: its mean over the classes that occur in targets or answers (macro), the figure of all
 * counts together (micro), or that of one class.
 *
 * @param classNumber of the one class; MACRO or MICRO for the others
 */
record ClassCounts(int classNumber) {
    private static final int MACRO = -1;
    private static final int MICRO = -2;

    /** A figure from the counts of one class, or of all together. */
    interface Figure {
        double of(double right, double answered, double actual);
    }

    /** From a setting. */
    static ClassCounts averaging(String average) {
        if (average.equals("macro") || average.equals("micro")) {
            return new ClassCounts(average.equals("macro") ? MACRO : MICRO);
        }
        if (!average.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("average must be macro, micro or a class number, but is '" + average + "'");
        }
        return new ClassCounts(Integer.parseInt(average));
    }

    List<Tensor> sums(String metric, Tensor prediction, Tensor target) {
        Answers.Counted counted = Answers.of(metric, prediction, target).counted();
        if (classNumber >= counted.classes()) {
            throw new ShapeException(metric + ": average is class " + classNumber + ", but there are the classes 0 to "
                    + (counted.classes() - 1) + ": the prediction is " + prediction.shape());
        }
        return List.of(counted.right(), counted.answered(), counted.actual());
    }

    double value(double[] sums, Figure figure) {
        int classes = sums.length / 3;
        double[] total = new double[3];
        double figures = 0;
        int occurring = 0;
        for (int c = 0; c < classes; c++) {
            double right = sums[c];
            double answered = sums[classes + c];
            double actual = sums[2 * classes + c];
            if (c == classNumber) {
                return figure.of(right, answered, actual);
            }
            total[0] += right;
            total[1] += answered;
            total[2] += actual;
            if (answered + actual > 0) {
                figures += figure.of(right, answered, actual);
                occurring++;
            }
        }
        if (occurring == 0) {
            return Double.NaN;
        }
        return classNumber == MICRO ? figure.of(total[0], total[1], total[2]) : figures / occurring;
    }

    /** a / b, and 0 where both are. */
    static double ratio(double a, double b) {
        return b == 0 ? 0 : a / b;
    }
}
