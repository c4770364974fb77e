package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Window;
import org.thalweg.autodiff.gradient.GradientCheck;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

class WindowTest {
    @Test
    void aSmallWindowSeesWhatTheFormulaSays() {
        Graph graph = new Graph();
        Expression x = graph.input("x", Shape.of(1, 1, 4), DType.FLOAT64);
        Expression seen = x.unfold(new Window(List.of(3), List.of(2), List.of(1), List.of(1)), -9);

        assertEquals(Shape.of(1, 3, 1, 2), seen.shape());
        assertArrayEquals(new double[] {-9, 2, 1, 3, 2, 4}, ReferenceEvaluator.evaluate(seen, Map.of(x, new double[] {1, 2, 3, 4})));
    }

    @Test
    void compiledWindowsAndTheirGradientsAgreeWithTheReference() {
        SplittableRandom random = new SplittableRandom(1);
        for (int axes = 1; axes <= 3; axes++) {
            for (int round = 0; round < 15; round++) {
                List<Integer> size = numbers(random, axes, 1, 4);
                List<Integer> dilation = numbers(random, axes, 1, 3);
                Window window = new Window(size, numbers(random, axes, 1, 4), numbers(random, axes, 0, 3), dilation);
                Shape shape = Shape.of(1 + random.nextInt(3), 1 + random.nextInt(3));
                for (int axis = 0; axis < axes; axis++) {
                    shape = shape.append(dilation.get(axis) * (size.get(axis) - 1) + 1 + random.nextInt(4));
                }
                Graph graph = new Graph();
                Expression x = graph.input("x", shape, DType.FLOAT64);
                Expression seen = x.unfold(window, 0.5);
                Expression scalar = (Expression) seen.sin().mul(seen).sum();
                Expression gradient = Gradients.of(scalar, List.of(x)).getFirst();
                Expression second = Gradients.of((Expression) gradient.square().sum(), List.of(x)).getFirst();
                Map<Expression, double[]> point = Map.of(x, random.doubles(shape.size(), -1, 1).toArray());

                assertTrue(GradientCheck.largestError(scalar, point) < 1e-7);
                List<Expression> outputs = new ArrayList<>(List.of(seen, gradient, second));
                List<double[]> expected = ReferenceEvaluator.evaluate(outputs, point);
                try (CpuBackend backend = new CpuBackend(1 + random.nextInt(2))) {
                    Program program = backend.compile(Computation.of(outputs));
                    program.bind(x, point.get(x));
                    program.run();
                    for (int i = 0; i < outputs.size(); i++) {
                        for (int k = 0; k < expected.get(i).length; k++) {
                            assertEquals(expected.get(i)[k], Memory.element(program.output(i), k), 1e-12, window + " over " + shape);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aWindowThatDoesNotFitIsAnErrorWithBothShapes() {
        Graph graph = new Graph();
        Expression x = graph.input("x", Shape.of(2, 3, 4, 4), DType.FLOAT32);
        Window window = new Window(List.of(5, 5), List.of(1, 1), List.of(0, 0), List.of(1, 1));

        ShapeException error = assertThrows(ShapeException.class, () -> x.unfold(window, 0));

        assertEquals("unfold: a window of [5, 5] with padding [0, 0] and dilation [1, 1] does not fit into the spatial axes [4, 4]",
                error.getMessage());
    }

    private static List<Integer> numbers(SplittableRandom random, int count, int from, int to) {
        return random.ints(count, from, to).boxed().toList();
    }
}
