package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.training.TrainingListener.EpochEnded;
import org.thalweg.testkit.Registrations;
import tools.jackson.databind.JsonNode;

class ScheduleTest {
    private static final Registrations REGISTERED = Registrations.of(new OptimPlugin());

    /** PyTorch's options and the settings they are here; what PyTorch gives as a rate is here a factor on the base rate. */
    private static final Map<String, String> SETTINGS_BY_OPTION = Map.ofEntries(
            Map.entry("factor", "factor"),
            Map.entry("total_iters", "steps"),
            Map.entry("start_factor", "startFactor"),
            Map.entry("end_factor", "endFactor"),
            Map.entry("step_size", "steps"),
            Map.entry("gamma", "gamma"),
            Map.entry("milestones", "milestones"),
            Map.entry("power", "power"),
            Map.entry("T_max", "steps"),
            Map.entry("T_0", "steps"),
            Map.entry("T_mult", "growth"),
            Map.entry("eta_min", "minimumFactor * base"),
            Map.entry("base_lr", "minimumFactor * base"),
            Map.entry("max_lr", "maximumFactor * base"),
            Map.entry("step_size_up", "stepsUp"),
            Map.entry("step_size_down", "stepsDown"),
            Map.entry("mode", "mode"),
            Map.entry("total_steps", "steps"),
            Map.entry("pct_start", "warmUp"),
            Map.entry("anneal_strategy", "line"),
            Map.entry("div_factor", "startDivisor"),
            Map.entry("final_div_factor", "endDivisor"),
            Map.entry("three_phase", "threePhase"),
            Map.entry("patience", "patience"),
            Map.entry("threshold", "threshold"),
            Map.entry("threshold_mode", "thresholdMode"),
            Map.entry("cooldown", "cooldown"),
            Map.entry("min_lr", "minimumFactor * base"),
            Map.entry("eps", "leastChange * base"));

    private static final Map<String, String> WORDS =
            Map.of("exp_range", "exponential", "cos", "cosine", "rel", "relative", "abs", "absolute");

    @TestFactory
    Stream<DynamicTest> ratesAreThoseOfPyTorch() throws IOException {
        return GoldenCases.in("schedules.json").map(golden -> DynamicTest.dynamicTest(
                golden.get("schedule").asString() + " " + golden.get("options"), () -> check(golden)));
    }

    private static void check(JsonNode golden) {
        double base = golden.get("base_lr").asDouble();
        Schedule.Course course = schedule(golden, base).start();
        double[] wanted = GoldenCases.numbers(golden.get("lr_at_step"));
        double[] got = new double[wanted.length];
        for (int step = 0; step < got.length; step++) {
            got[step] = base * course.factor(step);
            if (golden.has("metrics") && step < golden.get("metrics").size()) {
                course.afterEpoch(epoch(step + 1, golden.get("metrics").get(step).asDouble()));
            }
        }
        GoldenCases.assertClose(wanted, got, 1e-15, "rate");
    }

    private static EpochEnded epoch(long step, double loss) {
        return new EpochEnded((int) step, step, Map.of("validation.loss", loss), 1, 1);
    }

    private static Schedule schedule(JsonNode golden, double base) {
        GoldenCases.requireKnown(golden, SETTINGS_BY_OPTION);
        Map<String, Object> values = new HashMap<>();
        String name = golden.get("schedule").asString();
        if (name.equals("constant")) {
            values.putAll(Map.of("factor", 1.0 / 3, "steps", 5));
        }
        golden.get("options").properties().forEach(option -> {
            String[] setting = SETTINGS_BY_OPTION.get(option.getKey()).split(" . ");
            values.put(setting[0], value(option.getValue(), setting.length > 1 ? base : 1));
        });
        return REGISTERED.make(Schedule.class, name, values);
    }

    private static Object value(JsonNode option, double unit) {
        return option.isArray() ? option.valueStream().map(each -> value(each, unit)).toList()
                : option.isBoolean() ? (Object) option.asBoolean()
                : option.isString() ? WORDS.getOrDefault(option.asString(), option.asString())
                : (Object) (option.asDouble() / unit);
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

    @Test
    void cyclesGrowOrShrinkAsTheirModeSays() {
        // Up in 2 steps and down in 4: the second cycle begins at step 6, its top is step 8.
        assertFactors(cyclic(CyclicRate.Mode.TRIANGULAR), 0.2, 0.6, 1, 0.8, 0.6, 0.4, 0.2, 0.6, 1);
        assertFactors(cyclic(CyclicRate.Mode.TRIANGULAR2), 0.2, 0.6, 1, 0.8, 0.6, 0.4, 0.2, 0.4, 0.6);
        assertFactors(cyclic(CyclicRate.Mode.EXPONENTIAL), 0.2, 0.2 + 0.4 * 0.5, 0.2 + 0.8 * 0.25, 0.2 + 0.6 * 0.125);
    }

    private static Schedule cyclic(CyclicRate.Mode mode) {
        return new CyclicRate(0.2, 1, 2, Optional.of(4L), mode, 0.5);
    }

    @Test
    void oneCycleInThreePhasesMirrorsItsRise() {
        // Top after 0.4 * 10 - 1 = 3 steps, back at the start after 6, the end after 9.
        Schedule schedule = new OneCycle(10, 1, 0.4, 10, 100, OneCycle.Line.LINEAR, true);
        assertFactors(schedule, 0.1, 0.4, 0.7, 1, 0.7, 0.4, 0.1, 0.067, 0.034, 0.001, 0.001);
    }

    @Test
    void oneCycleWithoutARiseOnlyFalls() {
        assertFactors(new OneCycle(3, 1, 0, 1, 10, OneCycle.Line.LINEAR, false), 0.7, 0.4, 0.1);
        assertFactors(new OneCycle(1, 1, 0.3, 25, 10, OneCycle.Line.COSINE, false), 0.004, 0.004);
    }

    @Test
    void cosineWarmRestartsGrow() {
        // Cycles of 2 and 4 steps.
        Schedule schedule = new CosineWarmRestarts(2, 2, 0);
        assertFactors(schedule, 1, 0.5, 1, (1 + Math.sqrt(0.5)) / 2, 0.5, (1 - Math.sqrt(0.5)) / 2, 1);
    }

    @Test
    void warmUpRisesToOneAndThenAnotherScheduleBegins() {
        assertFactors(new WarmUp(4, new ExponentialDecay(0.5)), 0.25, 0.5, 0.75, 1, 1, 0.5, 0.25);
    }

    @Test
    void inverseSquareRootIsOneAtItsTop() {
        assertFactors(new InverseSquareRoot(4), 0.25, 0.5, 0.75, 1, Math.sqrt(4 / 5.0), Math.sqrt(4 / 6.0));
    }

    @Test
    void eachPartOfASequenceCountsItsOwnSteps() {
        Schedule sequence = new ScheduleSequence(
                List.of(new ConstantRate(0.1, Optional.empty()), new ExponentialDecay(0.5), new LinearRate(1, 0, 2)), List.of(2L, 4L));
        assertFactors(sequence, 0.1, 0.1, 1, 0.5, 1, 0.5, 0, 0);
    }

    @Test
    void aSequenceNeedsAMilestoneBetweenAnyTwo() {
        Schedule part = new ExponentialDecay(0.5);
        assertEquals("needs one milestone fewer than schedules, but there are 2 schedules and 0 milestones",
                assertThrows(IllegalArgumentException.class, () -> new ScheduleSequence(List.of(part, part), List.of())).getMessage());
        assertEquals("milestones must increase, but are [5, 5]", assertThrows(IllegalArgumentException.class,
                () -> new ScheduleSequence(List.of(part, part, part), List.of(5L, 5L))).getMessage());
    }

    @Test
    void aProductMultipliesItsFactors() {
        assertFactors(new ScheduleProduct(List.of(new ExponentialDecay(0.5), new LinearRate(0, 1, 2))), 0, 0.25, 0.25, 0.125);
        assertEquals(1, new ScheduleProduct(List.of()).factor(7));
    }

    private static final ReduceOnPlateau HALVE =
            new ReduceOnPlateau("validation.loss", ReduceOnPlateau.Mode.MIN, 0.5, 0, 0.1, ReduceOnPlateau.ThresholdMode.RELATIVE, 0, 0, 0);

    @Test
    void everyRunHasACourseOfItsOwn() {
        Schedule.Course course = HALVE.start();
        course.afterEpoch(epoch(1, 1));
        course.afterEpoch(epoch(2, 0.95));
        assertEquals(0.5, course.factor(3));
        assertEquals(1, HALVE.start().factor(3));
        course.afterEpoch(epoch(3, 0.8));
        assertEquals(0.5, course.factor(4));
        course.afterEpoch(epoch(4, Double.NaN));
        assertEquals(0.25, course.factor(5));
    }

    @Test
    void aLargerMetricMayBeBetter() {
        Schedule.Course course = new ReduceOnPlateau("validation.loss", ReduceOnPlateau.Mode.MAX, 0.5, 1, 0.1,
                ReduceOnPlateau.ThresholdMode.ABSOLUTE, 0, 0, 0).start();
        for (double value : new double[] {0.5, 0.61, 0.7, 0.72, 0.7}) {
            course.afterEpoch(epoch(1, value));
        }
        assertEquals(1, course.factor(4));
        course.afterEpoch(epoch(6, 0.7));
        assertEquals(0.5, course.factor(5));
    }

    @Test
    void schedulesOfSchedulesPassTheEpochsOn() {
        Schedule.Course product = new ScheduleProduct(List.of(HALVE, new ConstantRate(0.1, Optional.empty()))).start();
        Schedule.Course warmUp = new WarmUp(1, HALVE).start();
        Schedule.Course sequence = new ScheduleSequence(List.of(new ConstantRate(1, Optional.empty()), HALVE), List.of(2L)).start();
        for (Schedule.Course course : List.of(product, warmUp, sequence)) {
            for (int step = 1; step <= 4; step++) {
                course.afterEpoch(epoch(step, 1));
            }
        }
        assertEquals(0.1 / 8, product.factor(4));
        assertEquals(1 / 8.0, warmUp.factor(4));
        // It hears of the epochs that end with its own steps, the third and the fourth: the first of these is its best.
        assertEquals(0.5, sequence.factor(4));
    }

    @Test
    void anUnknownMetricIsAnErrorThatListsThoseThereAre() {
        Schedule.Course course = new ReduceOnPlateau("validation.los", ReduceOnPlateau.Mode.MIN, 0.5, 0, 0.1,
                ReduceOnPlateau.ThresholdMode.RELATIVE, 0, 0, 0).start();
        assertEquals("reduce-on-plateau: this run reports no metric 'validation.los'; did you mean 'validation.loss'; available:"
                        + " validation.loss",
                assertThrows(IllegalArgumentException.class, () -> course.afterEpoch(epoch(1, 1))).getMessage());
    }

    /** The factors from step 0. */
    private static void assertFactors(Schedule schedule, double... wanted) {
        Schedule.Course course = schedule.start();
        for (int step = 0; step < wanted.length; step++) {
            assertEquals(wanted[step], schedule.factor(step), 1e-15, "step " + step);
            assertEquals(wanted[step], course.factor(step), 1e-15, "step " + step);
        }
    }
}
