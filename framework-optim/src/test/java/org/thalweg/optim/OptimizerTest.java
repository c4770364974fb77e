package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.settings.Settings;
import tools.jackson.databind.JsonNode;

class OptimizerTest {
    private static final Map<String, Class<? extends Record>> OPTIMIZERS = Map.of("sgd", Sgd.class, "adam", Adam.class);

    private static final Map<String, String> SETTINGS_BY_OPTION = Map.of(
            "lr", "learningRate",
            "momentum", "momentum",
            "dampening", "dampening",
            "nesterov", "nesterov",
            "weight_decay", "weightDecay",
            "betas", "beta1, beta2",
            "eps", "epsilon");

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
        return (Optimizer) Settings.of(OPTIMIZERS.get(golden.get("optimizer").asString()), values);
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
}
