package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.testkit.Evaluation;

/** A metric on rows of data: in one batch, in unequal ones, and compiled in single precision. */
record MetricRun(Metric metric, Shape row, double[] prediction, Shape targetRow, DType targetType, double[] target) {
    static MetricRun classes(Metric metric, int classes, double[] scores, double... targets) {
        return new MetricRun(metric, Shape.of(classes), scores, Shape.scalar(), DType.INT32, targets);
    }

    static MetricRun oneScore(Metric metric, double[] scores, double... targets) {
        return new MetricRun(metric, Shape.scalar(), scores, Shape.scalar(), DType.INT32, targets);
    }

    static MetricRun numbers(Metric metric, int width, double[] prediction, double... target) {
        return new MetricRun(metric, Shape.of(width), prediction, Shape.of(width), DType.FLOAT64, target);
    }

    /** The value, after the check that batches of unequal sizes and compiled programs give the same. */
    double value() {
        double whole = metric.value(sums(0, rows()));
        for (int[] ends : List.of(new int[] {1}, new int[] {rows() / 3, rows() - 1}, IntStream.range(1, rows()).toArray())) {
            double[] total = new double[sums(0, rows()).length];
            int from = 0;
            for (int to : IntStream.concat(IntStream.of(ends), IntStream.of(rows())).toArray()) {
                if (to > from) {
                    double[] part = sums(from, to);
                    Arrays.setAll(total, i -> total[i] + part[i]);
                    from = to;
                }
            }
            assertEquals(whole, metric.value(total), 1e-12, "split at " + Arrays.toString(ends));
        }
        assertEquals(whole, metric.value(compiled()), 1e-5, "compiled");
        return whole;
    }

    double[] sums() {
        return sums(0, rows());
    }

    private int rows() {
        return prediction.length / (int) row.size();
    }

    private double[] sums(int from, int to) {
        Graph graph = new Graph();
        Expression x = graph.input("prediction", row.prepend(to - from), DType.FLOAT64);
        Expression t = graph.input("target", targetRow.prepend(to - from), targetType);
        Map<Expression, double[]> leaves = Map.of(
                x, Arrays.copyOfRange(prediction, from * (int) row.size(), to * (int) row.size()),
                t, Arrays.copyOfRange(target, from * (int) targetRow.size(), to * (int) targetRow.size()));
        return Evaluation.of(traced(x, t), leaves).stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private List<Expression> traced(Expression x, Expression t) {
        return metric.sums(x, t).stream().map(Expression.class::cast).toList();
    }

    private double[] compiled() {
        Graph graph = new Graph();
        Expression x = graph.input("prediction", row.prepend(rows()), DType.FLOAT32);
        Expression t = graph.input("target", targetRow.prepend(rows()), targetType.isFloating() ? DType.FLOAT32 : targetType);
        List<Expression> traced = traced(x, t);
        try (CpuBackend backend = new CpuBackend(1, 0)) {
            Program program = backend.compile(Computation.of(traced));
            program.bind(x, floats(prediction));
            program.bind(t, targetType.isFloating() ? floats(target) : Arrays.stream(target).mapToInt(value -> (int) value).toArray());
            program.run();
            return IntStream.range(0, traced.size())
                    .mapToObj(i -> doubles(program.output(i), (int) traced.get(i).shape().size()))
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(Object array, int size) {
        return switch (array) {
            case float[] values -> IntStream.range(0, size).mapToDouble(i -> values[i]).toArray();
            case double[] values -> Arrays.copyOf(values, size);
            default -> throw new IllegalStateException("sums are numbers, not " + array.getClass());
        };
    }

    static String mistake(Metric metric, Shape prediction, Shape target, DType targetType) {
        Graph graph = new Graph();
        Expression x = graph.input("prediction", prediction, DType.FLOAT64);
        Expression t = graph.input("target", target, targetType);
        return assertThrows(ShapeException.class, () -> metric.sums(x, t)).getMessage();
    }
}
