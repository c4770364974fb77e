package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Window;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

class ConvolutionTest {
    private static final Window PAIRS = new Window(List.of(2, 2), List.of(2, 2), List.of(0, 0), List.of(1, 1));

    private final Graph graph = new Graph();

    @Test
    void aConvolutionIsTheSumOverWhatTheWindowSees() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 30; round++) {
            Case one = Case.of(random, 1 + round % 3);
            Graph graph = new Graph();
            Expression x = graph.variable("x", one.shape, DType.FLOAT64);
            Expression w = graph.variable("w", one.weight, DType.FLOAT64);
            Expression result = x.convolution(w, one.window, one.groups);
            int outputs = one.weight.extent(0) / one.groups;
            Expression seen = x.unfold(one.window, 0);
            int size = (int) one.weight.without(0).size();
            Expression product = w.reshape(Shape.of(one.groups, outputs, size))
                    .matmul(seen.reshape(Shape.of(one.groups, size, (int) (seen.shape().size() / size / one.groups))));
            Map<Expression, double[]> point = Map.of(x, values(random, one.shape), w, values(random, one.weight));

            List<double[]> values = ReferenceEvaluator.evaluate(List.of(result, product), point);

            // The product has [o, n, positions], the convolution [n, o, positions].
            int n = one.shape.extent(0);
            int channels = one.weight.extent(0);
            int positions = (int) (result.shape().size() / n / channels);
            for (int i = 0; i < values.get(0).length; i++) {
                int o = i / positions % channels;
                int other = (o * n + i / positions / channels) * positions + i % positions;
                assertEquals(values.get(1)[other], values.get(0)[i], 1e-12, one::toString);
            }
        }
    }

    /** Vector kernels come into use while programs run; the first backend waits for the JIT, the others only for a trial. */
    @Test
    void kernelsMayBeExchangedAtAnyMoment() {
        SplittableRandom random = new SplittableRandom(9);
        Shape shape = Shape.of(8, 4, 20, 20);
        Shape weight = Shape.of(16, 4, 5, 5);
        Expression x = graph.input("x", shape, DType.FLOAT32);
        Expression w = graph.variable("w", weight, DType.FLOAT32);
        Window window = new Window(List.of(5, 5), List.of(1, 1), List.of(2, 2), List.of(1, 1));
        Expression gradient = Gradients.of((Expression) x.convolution(w, window, 1).square().sum(), List.of(w)).getFirst();
        float[] xs = floats(random, (int) shape.size());
        float[] ws = floats(random, (int) weight.size());
        float[] expected;
        try (CpuBackend plain = new CpuBackend(1, 0)) {
            expected = gradient(plain, gradient, x, xs, w, ws, 0).clone();
        }
        for (int round = 0; round < 20; round++) {
            try (CpuBackend backend = new CpuBackend(1)) {
                long end = System.nanoTime() + (round == 0 ? 2_000_000_000L : 100_000_000L);
                assertArrayEquals(expected, gradient(backend, gradient, x, xs, w, ws, end), "round " + round);
            }
        }
    }

    /** The gradient of the first run, or of the first one that differs before some moment. */
    private static float[] gradient(CpuBackend backend, Expression gradient, Expression x, float[] xs, Expression w, float[] ws, long end) {
        Program program = backend.compile(new Computation(List.of(gradient), Map.of(), List.of()));
        program.bind(x, xs);
        program.bind(w, ws);
        program.run();
        float[] first = ((float[]) program.output(0)).clone();
        while (System.nanoTime() < end) {
            program.run();
            if (!Arrays.equals(first, (float[]) program.output(0))) {
                return ((float[]) program.output(0)).clone();
            }
        }
        return first;
    }

    private static float[] floats(SplittableRandom random, int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) random.nextDouble(-1, 1);
        }
        return floats;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 256, 512})
    void compiledConvolutionsAndTheirDerivativesAgreeWithTheReference(int bits) {
        SplittableRandom random = new SplittableRandom(bits);
        for (int round = 0; round < 24; round++) {
            Case one = Case.of(random, 1 + round % 3);
            DType dtype = round % 2 == 0 ? DType.FLOAT64 : DType.FLOAT32;
            Graph graph = new Graph();
            Expression x = graph.variable("x", one.shape, dtype);
            Expression w = graph.variable("w", one.weight, dtype);
            Expression y = x.convolution(w, one.window, one.groups);
            List<Expression> first = Gradients.of((Expression) y.sin().mul(y).sum(), List.of(x, w));
            List<Expression> second = Gradients.of((Expression) first.get(0).square().sum().add(first.get(1).sin().sum()), List.of(x, w));
            List<Expression> outputs = new ArrayList<>(List.of(y));
            outputs.addAll(first);
            outputs.addAll(second);
            Map<Expression, double[]> point = Map.of(x, values(random, one.shape), w, values(random, one.weight));

            assertCompiledLikeReference(outputs, point, bits, 1 + round % 2, one.toString());
        }
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        SplittableRandom random = new SplittableRandom(8);
        Expression x = graph.variable("x", Shape.of(37, 3, 12, 11), DType.FLOAT32);
        Expression w = graph.variable("w", Shape.of(10, 3, 3, 3), DType.FLOAT32);
        Expression y = x.convolution(w, new Window(List.of(3, 3), List.of(1, 2), List.of(1, 1), List.of(1, 1)), 1);
        List<Expression> outputs = new ArrayList<>(List.of(y));
        outputs.addAll(Gradients.of((Expression) y.square().sum(), List.of(x, w)));
        Map<Expression, double[]> point = Map.of(x, values(random, x.shape()), w, values(random, w.shape()));

        List<List<float[]>> results = new ArrayList<>();
        for (int bits : new int[] {0, 128, 256, 512}) {
            for (int threads = 1; threads <= 3; threads++) {
                try (CpuBackend backend = new CpuBackend(threads, bits)) {
                    Program program = run(backend, outputs, point);
                    results.add(List.of(((float[]) program.output(0)).clone(), ((float[]) program.output(1)).clone(), ((float[]) program.output(2)).clone()));
                }
            }
        }

        for (List<float[]> result : results) {
            for (int i = 0; i < result.size(); i++) {
                int size = (int) outputs.get(i).shape().size();
                assertArrayEquals(Arrays.copyOf(results.getFirst().get(i), size), Arrays.copyOf(result.get(i), size));
            }
        }
    }

    @Test
    void compiledMaximaAndTheirGradientsAgreeWithTheReference() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 40; round++) {
            int axes = 1 + round % 3;
            List<Integer> size = numbers(random, axes, 1, 4);
            List<Integer> dilation = numbers(random, axes, 1, 3);
            List<Integer> padding = new ArrayList<>();
            Shape shape = Shape.of(1 + random.nextInt(3), 1 + random.nextInt(3));
            for (int axis = 0; axis < axes; axis++) {
                int reach = dilation.get(axis) * (size.get(axis) - 1) + 1;
                padding.add(random.nextInt(reach / 2 + 1));
                shape = shape.append(reach + random.nextInt(5));
            }
            Window window = round % 4 == 1 ? PAIRS : new Window(size, numbers(random, axes, 1, 4), padding, dilation);
            DType dtype = round % 2 == 0 ? DType.FLOAT64 : DType.FLOAT32;
            Expression x = new Graph().variable("x", window == PAIRS ? Shape.of(2, 3, 7, 6) : shape, dtype);
            Expression y = x.maxPool(window);
            Expression gradient = Gradients.of((Expression) y.sin().sum(), List.of(x)).getFirst();
            // Few different numbers, so that there are equals.
            double[] values = random.ints(x.shape().size(), -3, 4).mapToDouble(i -> i / 4.0).toArray();

            assertCompiledLikeReference(List.of(y, gradient), Map.of(x, values), 512, 1 + round % 2, window + " over " + shape);
        }
    }

    @Test
    void theLargestOfAWindowGoesToTheFirstOfEqualsAndNotANumberWins() {
        Expression x = graph.variable("x", Shape.of(1, 1, 2, 6), DType.FLOAT32);
        Expression y = x.maxPool(PAIRS);
        Expression gradient = Gradients.of((Expression) y.sum(), List.of(x)).getFirst();
        double[] values = {-0.0, 0, -5, -7, 1, 2, 0, 0, -6, -5, Double.NaN, 9};

        try (CpuBackend backend = new CpuBackend(1)) {
            Program program = run(backend, List.of(y, gradient), Map.of(x, values));

            assertArrayEquals(new float[] {-0f, -5, Float.NaN}, Arrays.copyOf((float[]) program.output(0), 3));
            assertArrayEquals(new float[] {1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0}, Arrays.copyOf((float[]) program.output(1), 12));
        }
    }

    @Test
    void aWeightThatDoesNotFitIsAnErrorWithBothShapes() {
        Expression x = graph.input("x", Shape.of(2, 4, 8, 8), DType.FLOAT32);
        Expression w = graph.input("w", Shape.of(6, 3, 3, 3), DType.FLOAT32);
        Window window = new Window(List.of(3, 3), List.of(1, 1), List.of(0, 0), List.of(1, 1));

        assertEquals("convolution: a weight [6, 3, 3, 3] in 1 groups needs an input [n, 3, 2 spatial axes], but it is FLOAT32 [2, 4, 8, 8]",
                assertThrows(ShapeException.class, () -> x.convolution(w, window, 1)).getMessage());
        assertTrue(assertThrows(ShapeException.class, () -> x.convolution(w, window, 4)).getMessage().contains("divide into 4 groups"));
        assertTrue(assertThrows(ShapeException.class, () -> x.maxPool(new Window(List.of(2, 2), List.of(1, 1), List.of(2, 0), List.of(1, 1))))
                .getMessage().contains("more than half of the window [2, 2]"));
    }

    private static void assertCompiledLikeReference(List<Expression> outputs, Map<Expression, double[]> point, int bits, int threads, String what) {
        List<double[]> expected = ReferenceEvaluator.evaluate(outputs, point);
        try (CpuBackend backend = new CpuBackend(threads, bits)) {
            Program program = run(backend, outputs, point);
            for (int i = 0; i < outputs.size(); i++) {
                double scale = 1;
                for (double value : expected.get(i)) {
                    scale = Math.max(scale, Math.abs(value));
                }
                double tolerance = scale * (outputs.get(i).dtype() == DType.FLOAT64 ? 1e-12 : 2e-4);
                for (int k = 0; k < expected.get(i).length; k++) {
                    assertEquals(expected.get(i)[k], Memory.element(program.output(i), k), tolerance, "output " + i + " of " + what);
                }
            }
        }
    }

    private static Program run(CpuBackend backend, List<Expression> outputs, Map<Expression, double[]> point) {
        Program program = backend.compile(Computation.of(outputs));
        point.forEach((leaf, values) -> {
            Object array = Memory.array(leaf.dtype(), values.length);
            for (int i = 0; i < values.length; i++) {
                if (array instanceof float[] floats) {
                    floats[i] = (float) values[i];
                } else {
                    ((double[]) array)[i] = values[i];
                }
            }
            program.bind(leaf, array);
        });
        program.run();
        return program;
    }

    private record Case(Window window, Shape shape, Shape weight, int groups) {
        static Case of(SplittableRandom random, int axes) {
            List<Integer> size = numbers(random, axes, 1, 4);
            List<Integer> dilation = numbers(random, axes, 1, 3);
            Window window = new Window(size, numbers(random, axes, 1, 4), numbers(random, axes, 0, 3), dilation);
            int groups = 1 + random.nextInt(2);
            int inputs = 1 + random.nextInt(3);
            Shape shape = Shape.of(1 + random.nextInt(5), groups * inputs);
            Shape weight = Shape.of(groups * (1 + random.nextInt(5)), inputs);
            for (int axis = 0; axis < axes; axis++) {
                shape = shape.append(dilation.get(axis) * (size.get(axis) - 1) + 1 + random.nextInt(6));
                weight = weight.append(size.get(axis));
            }
            return new Case(window, shape, weight, groups);
        }
    }

    private static double[] values(SplittableRandom random, Shape shape) {
        // What a FLOAT32 can hold, so that both types start from the same numbers.
        return random.doubles(shape.size(), -1, 1).map(value -> (float) value).toArray();
    }

    private static List<Integer> numbers(SplittableRandom random, int count, int from, int to) {
        return random.ints(count, from, to).boxed().toList();
    }
}
