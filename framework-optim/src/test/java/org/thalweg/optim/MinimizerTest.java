package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.optim.Minimizer;
import org.thalweg.api.optim.Objective;
import org.thalweg.api.settings.Settings;
import tools.jackson.databind.JsonNode;

class MinimizerTest {
    /** The sum of (1 - x_i)^2 + 100 (x_(i+1) - x_i^2)^2, with its Hessian. */
    private static final class Rosenbrock implements Objective {
        private int evaluations;

        @Override
        public double evaluate(double[] x, double[] gradient) {
            evaluations++;
            Arrays.fill(gradient, 0);
            double sum = 0;
            for (int i = 0; i + 1 < x.length; i++) {
                double valley = x[i + 1] - x[i] * x[i];
                sum += (1 - x[i]) * (1 - x[i]) + 100 * valley * valley;
                gradient[i] += -2 * (1 - x[i]) - 400 * x[i] * valley;
                gradient[i + 1] += 200 * valley;
            }
            return sum;
        }

        @Override
        public void hessianTimes(double[] x, double[] v, double[] product) {
            Arrays.fill(product, 0);
            for (int i = 0; i + 1 < x.length; i++) {
                product[i] += (2 - 400 * (x[i + 1] - 3 * x[i] * x[i])) * v[i] - 400 * x[i] * v[i + 1];
                product[i + 1] += -400 * x[i] * v[i] + 200 * v[i + 1];
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> lbfgsReachesTheMinimumThatPyTorchReaches() throws IOException {
        return GoldenCases.in("lbfgs.json").map(golden -> DynamicTest.dynamicTest(
                golden.get("function").asString() + golden.get("initial").get("shape"), () -> check(golden)));
    }

    /** PyTorch's options and the settings they are here. */
    private static final Map<String, String> SETTINGS_BY_OPTION = Map.of(
            "lr", "learningRate",
            "max_iter", "iterations",
            "max_eval", "evaluations",
            "history_size", "history",
            "tolerance_grad", "gradientTolerance",
            "tolerance_change", "changeTolerance",
            "line_search_fn", "the only one there is");

    private static void check(JsonNode golden) {
        GoldenCases.requireKnown(golden, SETTINGS_BY_OPTION);
        assertEquals("strong_wolfe", golden.get("options").get("line_search_fn").asString());
        Map<String, Object> settings = new HashMap<>();
        golden.get("options").properties().forEach(option -> {
            if (option.getValue().isNumber()) {
                settings.put(SETTINGS_BY_OPTION.get(option.getKey()), option.getValue().asDouble());
            }
        });
        Rosenbrock objective = new Rosenbrock();
        double[] start = GoldenCases.numbers(golden.get("initial").get("data"));
        Minimizer.Minimum minimum = Settings.of(LBfgs.class, settings).minimize(objective, start);
        for (double x : minimum.point()) {
            assertEquals(1, x, 1e-7);
        }
        assertTrue(minimum.value() < 1e-13, minimum.toString());
        assertEquals(objective.evaluations, minimum.evaluations());
        assertTrue(minimum.evaluations() <= 1.5 * golden.get("evaluations").asDouble(),
                minimum.evaluations() + " evaluations, PyTorch " + golden.get("evaluations"));
    }

    static Stream<Minimizer> minimizers() {
        return Stream.of(
                new LBfgs(1, 200, Optional.empty(), 10, 1e-9, 1e-15),
                new ConjugateGradient(2000, 1e-9, 1e-18),
                new NewtonMethod(1000, 1e-9, 1e-18));
    }

    @ParameterizedTest
    @MethodSource("minimizers")
    void findsTheMinimumOfRosenbrocksValley(Minimizer minimizer) {
        for (int size : new int[] {2, 10}) {
            double[] start = new double[size];
            // In four dimensions and more there is a local minimum with the first number near -1: start on the right side of it.
            Arrays.setAll(start, i -> size == 2 && i == 0 ? -1.2 : i % 2 == 0 ? 0.5 : 1.5);
            double[] before = start.clone();
            Rosenbrock objective = new Rosenbrock();
            Minimizer.Minimum minimum = minimizer.minimize(objective, start);
            for (double x : minimum.point()) {
                assertEquals(1, x, 1e-6, minimizer + ": " + minimum);
            }
            assertArrayEquals(before, start, "the start was changed");
        }
    }

    @ParameterizedTest
    @MethodSource("minimizers")
    void saysWhyItStopped(Minimizer minimizer) {
        Minimizer.Minimum atOnce = minimizer.minimize(new Rosenbrock(), 1, 1);
        assertTrue(atOnce.converged());
        assertEquals("no element of the gradient is larger than 1.0E-9", atOnce.reason());
        assertEquals(0, atOnce.iterations());
        assertEquals(1, atOnce.evaluations());
    }

    @ParameterizedTest
    @MethodSource("minimizers")
    void goesRoundPlacesWhereTheObjectiveIsNotDefined(Minimizer minimizer) {
        // x - log x: not a number below 0, and the first steps from 0.01 lead far out.
        Objective barrier = (x, gradient) -> {
            gradient[0] = 1 - 1 / x[0];
            return x[0] - Math.log(x[0]);
        };
        assertEquals(1, minimizer.minimize(barrier, 0.01).point()[0], 1e-6);
        assertEquals(1, minimizer.minimize(barrier, 50).point()[0], 1e-6);
    }

    @Test
    void aStartThatIsNotFiniteIsAnError() {
        Objective broken = (x, gradient) -> Double.NaN;
        String message = assertThrows(IllegalArgumentException.class,
                () -> new NewtonMethod(10, 0, 0).minimize(broken, 3)).getMessage();
        assertTrue(message.startsWith("the objective or its gradient is not finite at the start, [3.0]"), message);
    }

    @Test
    void limitsAreReported() {
        assertEquals("2 iterations are done", new ConjugateGradient(2, 0, 0).minimize(new Rosenbrock(), -1.2, 1).reason());
        Minimizer.Minimum few = new LBfgs(1, 100, Optional.of(5), 10, 0, 0).minimize(new Rosenbrock(), -1.2, 1);
        assertFalse(few.converged());
        assertEquals("5 evaluations are done", few.reason());
    }

    @Test
    void aWrongGradientIsNotTakenForConvergence() {
        Objective wrong = (x, gradient) -> {
            gradient[0] = -2 * x[0];
            return x[0] * x[0];
        };
        Minimizer.Minimum minimum = new ConjugateGradient(100, 1e-9, 1e-12).minimize(wrong, 1);
        assertFalse(minimum.converged());
        assertEquals("the line search found nothing lower", minimum.reason());
    }

    @Test
    void hessianProductsComeFromGradientsWhereTheObjectiveHasNone() {
        Rosenbrock exact = new Rosenbrock();
        Objective differences = exact::evaluate;
        double[] wanted = new double[3];
        double[] got = new double[3];
        exact.hessianTimes(new double[] {0.5, -1, 2}, new double[] {1, 2, -3}, wanted);
        differences.hessianTimes(new double[] {0.5, -1, 2}, new double[] {1, 2, -3}, got);
        assertArrayEquals(wanted, got, 1e-5);
        differences.hessianTimes(new double[3], new double[3], got);
        assertArrayEquals(new double[3], got);
    }

    @Test
    void newtonNeedsOneStepForAQuadratic() {
        // x^2 + 2 y^2 + x y - 3 x, with the minimum where 2x + y = 3 and x + 4y = 0.
        Objective quadratic = new Objective() {
            @Override
            public double evaluate(double[] x, double[] gradient) {
                gradient[0] = 2 * x[0] + x[1] - 3;
                gradient[1] = 4 * x[1] + x[0];
                return x[0] * x[0] + 2 * x[1] * x[1] + x[0] * x[1] - 3 * x[0];
            }

            @Override
            public void hessianTimes(double[] x, double[] v, double[] product) {
                product[0] = 2 * v[0] + v[1];
                product[1] = 4 * v[1] + v[0];
            }
        };
        Minimizer.Minimum minimum = new NewtonMethod(20, 1e-12, 0).minimize(quadratic, 100, -70);
        assertArrayEquals(new double[] {12 / 7.0, -3 / 7.0}, minimum.point(), 1e-12);
        assertTrue(minimum.iterations() <= 5, minimum.toString());
    }
}
