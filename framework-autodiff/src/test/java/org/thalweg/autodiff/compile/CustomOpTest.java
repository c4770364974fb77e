package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.gradient.GradientCheck;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

class CustomOpTest {
    /** Running sums: y_i = w (x_0 + ... + x_i), whose derivative by x is a running sum from the end. */
    private record RunningSum() implements CustomOp {
        @Override
        public String name() {
            return "running-sum";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.getFirst();
        }

        @Override
        public int workspace(List<Shape> inputs) {
            return 1;
        }

        @Override
        public void forward(List<Values> inputs, Values output, double[] workspace) {
            workspace[0] = 0;
            for (int i = 0; i < output.shape().size(); i++) {
                workspace[0] += inputs.get(0).get(i);
                output.set(i, inputs.get(1).get(0) * workspace[0]);
            }
        }

        @Override
        public void backward(int position, List<Values> inputs, Values output, Values upstream, Values gradient, double[] workspace) {
            workspace[0] = 0;
            int size = (int) output.shape().size();
            if (position == 1) {
                for (int i = 0; i < size; i++) {
                    workspace[0] += upstream.get(i) * output.get(i) / inputs.get(1).get(0);
                }
                gradient.set(0, workspace[0]);
                return;
            }
            for (int i = size - 1; i >= 0; i--) {
                workspace[0] += upstream.get(i);
                gradient.set(i, inputs.get(1).get(0) * workspace[0]);
            }
        }
    }

    private final Graph graph = new Graph();
    private final Expression x = graph.variable("x", Shape.of(4), DType.FLOAT64);
    private final Expression w = graph.variable("w", Shape.scalar(), DType.FLOAT64);
    private final Expression sums = x.custom(new RunningSum(), List.of(w));
    private final Map<Expression, double[]> point = Map.of(x, new double[] {1, 2, -3, 0.5}, w, new double[] {2});

    @Test
    void isComputedAndDifferentiatedByTheReferenceAndCompiled() {
        Expression scalar = (Expression) sums.square().sum();
        List<Expression> outputs = new java.util.ArrayList<>(List.of(sums));
        outputs.addAll(Gradients.of(scalar, List.of(x, w)));

        assertArrayEquals(new double[] {2, 6, 0, 1}, ReferenceEvaluator.evaluate(sums, point));
        assertTrue(GradientCheck.largestError(scalar, point) < 1e-8);
        try (CpuBackend backend = new CpuBackend(1)) {
            Program program = backend.compile(Computation.of(outputs));
            point.forEach((leaf, values) -> program.bind(leaf, values.clone()));
            program.run();
            List<double[]> expected = ReferenceEvaluator.evaluate(outputs, point);
            for (int i = 0; i < outputs.size(); i++) {
                for (int k = 0; k < expected.get(i).length; k++) {
                    assertEquals(expected.get(i)[k], Memory.element(program.output(i), k), 1e-12);
                }
            }
        }
    }

    @Test
    void differentiatingTwiceIsAnErrorThatNamesTheOperation() {
        Expression gradient = Gradients.of((Expression) sums.square().sum(), List.of(x)).getFirst();
        Expression again = (Expression) gradient.square().sum();

        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> Gradients.of(again, List.of(x)));

        assertEquals("the custom operation 'running-sum' can be differentiated only once", error.getMessage());
    }
}
