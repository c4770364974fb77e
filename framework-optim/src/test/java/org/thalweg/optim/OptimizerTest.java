package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.testkit.Registrations;
import org.thalweg.testkit.Trajectory;
import tools.jackson.databind.JsonNode;

class OptimizerTest {
    private static final Registrations REGISTERED = Registrations.of(new OptimPlugin());

    /** PyTorch's options and the settings they are here. */
    private static final Map<String, String> SETTINGS_BY_OPTION = Map.ofEntries(
            Map.entry("lr", "learningRate"),
            Map.entry("momentum", "momentum"),
            Map.entry("dampening", "dampening"),
            Map.entry("nesterov", "nesterov"),
            Map.entry("weight_decay", "weightDecay"),
            Map.entry("betas", "beta1, beta2"),
            Map.entry("eps", "epsilon"),
            Map.entry("amsgrad", "amsgrad"),
            Map.entry("lr_decay", "lrDecay"),
            Map.entry("initial_accumulator_value", "initialAccumulator"),
            Map.entry("alpha", "alpha"),
            Map.entry("centered", "centred"),
            Map.entry("rho", "rho"),
            Map.entry("momentum_decay", "momentumDecay"),
            Map.entry("lambd", "lambda"),
            Map.entry("t0", "t0"),
            Map.entry("etas", "etaMinus, etaPlus"),
            Map.entry("step_sizes", "minimumStep, maximumStep"));

    @TestFactory
    Stream<DynamicTest> fiftyStepsAreThoseOfPyTorch() throws IOException {
        return GoldenCases.in("optimizers.json").map(golden -> DynamicTest.dynamicTest(
                golden.get("optimizer").asString() + " " + golden.get("options"), () -> check(golden)));
    }

    private static void check(JsonNode golden) {
        Trajectory trajectory = new Trajectory(optimizer(golden), GoldenCases.numbers(golden.get("initial").get("data")));
        JsonNode parameters = golden.get("parameters_after_step");
        int compared = 0;
        for (int step = 1; step <= golden.get("gradients").size(); step++) {
            double[] parameter = trajectory.step(GoldenCases.numbers(golden.get("gradients").get(step - 1).get("data")));
            JsonNode wanted = parameters.get(Integer.toString(step));
            if (wanted != null) {
                GoldenCases.assertClose(GoldenCases.numbers(wanted.get("data")), parameter, 1e-12, "parameter after step " + step);
                compared++;
            }
        }
        assertEquals(parameters.size(), compared);
    }

    private static Optimizer optimizer(JsonNode golden) {
        GoldenCases.requireKnown(golden, SETTINGS_BY_OPTION);
        Map<String, Object> values = new HashMap<>();
        golden.get("options").properties().forEach(option -> {
            List<JsonNode> numbers = option.getValue().isArray() ? option.getValue().valueStream().toList() : List.of(option.getValue());
            String[] settings = SETTINGS_BY_OPTION.get(option.getKey()).split(", ");
            for (int i = 0; i < settings.length; i++) {
                values.put(settings[i], numbers.get(i).isBoolean() ? (Object) numbers.get(i).asBoolean() : numbers.get(i).asDouble());
            }
        });
        return REGISTERED.make(Optimizer.class, golden.get("optimizer").asString(), values);
    }

    @Test
    void gradientDescentStepsAgainstTheGradient() {
        Trajectory trajectory = new Trajectory(new GradientDescent(0.5), 1, 2);
        assertArrayEquals(new double[] {0, 3}, trajectory.step(2, -2));
        assertArrayEquals(new double[] {0, 2}, trajectory.step(0, 2));
    }

    @Test
    void dampeningSparesTheFirstGradient() {
        Trajectory trajectory = new Trajectory(new Sgd(1, 0.5, 0.75, false, 0), 0);
        assertArrayEquals(new double[] {-1}, trajectory.step(1));
        assertArrayEquals(new double[] {-1.75}, trajectory.step(1));
    }

    @Test
    void theFirstStepOfAdamIsAboutTheLearningRateWhateverTheGradient() {
        Trajectory trajectory = new Trajectory(new Adam(0.1, 0.9, 0.999, 1e-8, 0), 1, 1);
        assertArrayEquals(new double[] {0.9, 1.1}, trajectory.step(1000, -0.001), 1e-5);
    }

    @Test
    void adamStaysWhereTheGradientIsZero() {
        assertArrayEquals(new double[] {1}, new Trajectory(new Adam(0.1, 0.9, 0.999, 1e-8, 0), 1).step(0));
    }

    @Test
    void withoutBiasCorrectionAdamsFirstStepIsTooLong() {
        // m = 0.1 g and v = 0.001 g^2: 0.1 / sqrt(0.001) of the learning rate.
        Trajectory trajectory = new Trajectory(new Adam(0.1, 0.9, 0.999, 0, 0, false, false), 1);
        assertEquals(1 - 0.1 * 0.1 / Math.sqrt(0.001), trajectory.step(5)[0], 1e-12);
    }

    @Test
    void nadamMayFollowThePaper() {
        // mu(1) = mu(2) = 0.45 without momentum decay; m = 0.1 g, so mHat = g (0.55 / 0.55 + 0.45 / (1 - 0.45^2) * 0.1).
        Trajectory trajectory = new Trajectory(new NAdam(0.1, 0.9, 0.999, 0, 0, 0, true), 1);
        assertEquals(1 - 0.1 * (1 + 0.045 / (1 - 0.45 * 0.45)), trajectory.step(3)[0], 1e-12);
    }

    @Test
    void momentumIsSgdsAsLongAsTheRateIsConstant() {
        Trajectory classical = new Trajectory(new Momentum(0.05, 0.9), 1, -2);
        Trajectory sgd = new Trajectory(new Sgd(0.05, 0.9, 0, false, 0), 1, -2);
        for (int step = 0; step < 50; step++) {
            double[] gradient = {Math.sin(step), Math.cos(3 * step)};
            assertArrayEquals(sgd.step(gradient), classical.step(gradient), 1e-12);
        }
    }

    @Test
    void aLowerRateActsOnNewGradientsOnlyInClassicalMomentum() {
        // v = -1, p = -1; then v = 0.5 * -1 - 0.1 * 1 = -0.6. In sgd the velocity, 0.5 * 1 + 1, is scaled as a whole: 0.15.
        Trajectory classical = new Trajectory(new Momentum(1, 0.5), 0);
        classical.step(1);
        assertEquals(-1.6, classical.at(0.1).step(1)[0], 1e-15);
        Trajectory sgd = new Trajectory(new Sgd(1, 0.5, 0, false, 0), 0);
        sgd.step(1);
        assertEquals(-1.15, sgd.at(0.1).step(1)[0], 1e-15);
    }

    /** The textbook keeps p and looks ahead for the gradient; here y = p + momentum * v is kept; sgd rearranges the same. */
    @Test
    void nesterovsLookAheadFormAndSgdsRearrangedFormAgree() {
        double momentum = 0.9;
        double rate = 0.02;
        DoubleUnaryOperator slope = x -> 4 * (x - 1) + Math.sin(3 * x);
        Trajectory lookAhead = new Trajectory(new Nesterov(rate, momentum), 3);
        Trajectory rearranged = new Trajectory(new Sgd(rate, momentum, 0, true, 0), 3);
        double p = 3;
        double v = 0;
        for (int step = 0; step < 50; step++) {
            v = momentum * v - rate * slope.applyAsDouble(p + momentum * v);
            p += v;
            lookAhead.step(slope.applyAsDouble(lookAhead.parameter()[0]));
            rearranged.step(slope.applyAsDouble(rearranged.parameter()[0]));
            assertEquals(p + momentum * v, lookAhead.parameter()[0], 1e-12);
            assertEquals(p, lookAhead.evaluated()[0], 1e-12);
            assertEquals(lookAhead.parameter()[0], rearranged.parameter()[0], 1e-12);
        }
    }

    @Test
    void asgdEvaluatesTheMeanOfThePointsAfterT0() {
        Trajectory trajectory = new Trajectory(new Asgd(1, 0, 0, 1, 0), 0);
        assertEquals(-1, trajectory.step(1)[0]);
        assertEquals(-1, trajectory.evaluated()[0]);
        assertEquals(-2, trajectory.step(1)[0]);
        assertEquals(-2, trajectory.evaluated()[0]);
        assertEquals(-3, trajectory.step(1)[0]);
        // Step 3: the share is 1 / max(1, 2 - 1) = 1; step 4: 1/2, and so on.
        assertEquals(-3, trajectory.evaluated()[0]);
        assertEquals(-4, trajectory.step(1)[0]);
        assertEquals(-3.5, trajectory.evaluated()[0]);
    }

    @Test
    void sparseAdamLeavesRowsWithoutAGradientAlone() {
        Trajectory trajectory = new Trajectory(new SparseAdam(0.1, 0.9, 0.999, 0), 1, 2);
        // The first step is as long as the rate, whatever the gradient.
        assertArrayEquals(new double[] {0.9, 2}, trajectory.step(4, 0), 1e-14);
        // m = 0.4 and v = 0.016 have stayed, while t has gone on to 3.
        trajectory.step(0, 1);
        double rate = 0.1 * Math.sqrt(1 - Math.pow(0.999, 3)) / (1 - Math.pow(0.9, 3));
        double m = 0.9 * 0.4 + 0.1 * 4;
        double v = 0.999 * 0.016 + 0.001 * 16;
        assertEquals(0.9 - rate * m / Math.sqrt(v), trajectory.step(4, 0)[0], 1e-14);
    }
}
