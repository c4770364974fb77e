package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.optim.Schedule;
import tools.jackson.databind.JsonNode;

class ScheduleTest {
    @TestFactory
    Stream<DynamicTest> ratesAreThoseOfPyTorch() throws IOException {
        return GoldenCases.in("schedules.json").map(golden -> DynamicTest.dynamicTest(golden.get("schedule").asString(), () -> {
            double base = golden.get("base_lr").asDouble();
            Schedule schedule = schedule(golden, base);
            double[] wanted = GoldenCases.numbers(golden.get("lr_at_step"));
            double[] got = new double[wanted.length];
            for (int step = 0; step < got.length; step++) {
                got[step] = base * schedule.factor(step);
            }
            GoldenCases.assertClose(wanted, got, 1e-15, "rate");
        }));
    }

    private static Schedule schedule(JsonNode golden, double base) {
        GoldenCases.requireKnown(golden, Map.of("factor", "factor", "total_iters", "steps", "T_max", "steps", "eta_min", "minimumFactor"));
        return switch (golden.get("schedule").asString()) {
            case "constant" -> new ConstantRate(
                    GoldenCases.option(golden, "factor", 1.0 / 3), Optional.of((long) GoldenCases.option(golden, "total_iters", 5)));
            case "cosine-annealing" -> new CosineAnnealing(
                    (long) GoldenCases.option(golden, "T_max", 0), GoldenCases.option(golden, "eta_min", 0) / base);
            default -> throw new AssertionError(golden.get("schedule"));
        };
    }

    @Test
    void constantIsConstantByItself() {
        assertEquals(1, new ConstantRate(1, Optional.empty()).factor(1_000_000));
    }

    @Test
    void cosineAnnealingGoesFromOneToTheMinimum() {
        Schedule schedule = new CosineAnnealing(100, 0.1);
        assertEquals(1, schedule.factor(0));
        assertEquals(0.55, schedule.factor(50), 1e-15);
        assertEquals(0.1, schedule.factor(100), 1e-15);
    }
}
