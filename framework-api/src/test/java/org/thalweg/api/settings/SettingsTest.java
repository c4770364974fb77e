package org.thalweg.api.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
    enum Mode {
        FAST,
        BATCH_MEAN
    }

    record Inner(@Min(1) @Max(10) int size) {}

    record Outer(
            String text,
            @Default("0.001") @Positive @LessThan(1) double rate,
            @Default("[0.9, 0.999]") List<Double> betas,
            @Default("batch-mean") Mode mode,
            @Default("7") long seed,
            @Default("true") boolean active,
            @Default("small") @OneOf({"small", "large"}) String model,
            @Default("{}") Map<String, Inner> inner,
            @Default("[]") List<Object> anything,
            Optional<String> note) {}

    record Pair(int low, int high) {
        Pair {
            if (low > high) {
                throw new IllegalArgumentException("low must not be above high");
            }
        }
    }

    record Unbindable(List<Set<String>> sets) {}

    @Test
    void what_is_not_given_takes_its_default() {
        Outer outer = Settings.of(Outer.class, Map.of("text", "a"));

        assertEquals(
                new Outer("a", 0.001, List.of(0.9, 0.999), Mode.BATCH_MEAN, 7, true, "small", Map.of(), List.of(), Optional.empty()), outer);
    }

    @Test
    void a_required_setting_that_is_missing_is_named() {
        assertProblems(Map.of(), "text: is required");
    }

    @Test
    void an_unknown_setting_is_answered_with_the_nearest_name_and_all_names() {
        assertProblems(
                Map.of("text", "a", "raet", 1),
                "raet: unknown setting; did you mean 'rate'; available: active, anything, betas, inner, mode, model, note, rate, seed, text");
    }

    @Test
    void a_value_of_the_wrong_type_is_shown() {
        assertProblems(Map.of("text", "a", "rate", "fast"), "rate: must be a number, but is 'fast'");
        assertProblems(Map.of("text", "a", "active", 1), "active: must be true or false, but is 1");
        assertProblems(Map.of("text", List.of(1)), "text: must be a text, but is a list of 1");
        assertProblems(Map.of("text", "a", "betas", "0.9"), "betas: must be a list, but is '0.9'");
        assertProblems(Map.of("text", "a", "inner", Map.of("x", 3)), "inner.x: must be a map of settings, but is 3");
    }

    @Test
    void a_number_out_of_range_is_reported_with_the_range() {
        assertProblems(Map.of("text", "a", "rate", 0), "rate: must be above 0, but is 0.0");
        assertProblems(Map.of("text", "a", "rate", 1), "rate: must be below 1, but is 1.0");
        assertProblems(Map.of("text", "a", "rate", Double.NaN), "rate: must be a number, but is NaN");
        assertProblems(Map.of("text", "a", "inner", Map.of("x", Map.of("size", 0))), "inner.x.size: must be at least 1, but is 0");
        assertProblems(Map.of("text", "a", "inner", Map.of("x", Map.of("size", 11))), "inner.x.size: must be at most 10, but is 11");
    }

    @Test
    void a_whole_number_must_be_whole_and_fit() {
        assertProblems(Map.of("text", "a", "seed", 1.5), "seed: must be a whole number, but is 1.5");
        assertEquals(Long.MAX_VALUE, Settings.of(Outer.class, Map.of("text", "a", "seed", Long.MAX_VALUE)).seed());
        assertProblems(
                Map.of("text", "a", "seed", BigInteger.ONE.shiftLeft(63)),
                "seed: must be between -9223372036854775808 and 9223372036854775807, but is 9223372036854775808");
        assertProblems(
                Map.of("text", "a", "seed", Double.POSITIVE_INFINITY),
                "seed: must be between -9223372036854775808 and 9223372036854775807, but is Infinity");
    }

    @Test
    void an_unknown_choice_is_answered_with_all_choices() {
        assertProblems(Map.of("text", "a", "mode", "batchmean"), "mode: unknown value 'batchmean'; did you mean 'batch-mean'; available: batch-mean, fast");
        assertProblems(Map.of("text", "a", "model", "smal"), "model: unknown value 'smal'; did you mean 'small'; available: large, small");
    }

    @Test
    void an_empty_element_is_no_text_but_may_be_a_plain_value() {
        record Texts(List<String> texts) {}
        SettingsException wrong =
                assertThrows(SettingsException.class, () -> Settings.of(Texts.class, Map.of("texts", Arrays.asList("a", null))));
        assertEquals("texts[1]: must be a text, but is empty", wrong.getMessage());
        assertEquals(Arrays.asList(1, null), Settings.of(Outer.class, Map.of("text", "a", "anything", Arrays.asList(1, null))).anything());
    }

    @Test
    void all_problems_are_reported_at_once() {
        assertProblems(Map.of("rate", -1, "active", "no"), "text: is required", "rate: must be above 0, but is -1.0",
                "active: must be true or false, but is 'no'");
    }

    @Test
    void what_a_constructor_refuses_is_reported_at_the_record() {
        SettingsException wrong = assertThrows(SettingsException.class, () -> Settings.of(Pair.class, Map.of("low", 2, "high", 1)));
        assertEquals("low must not be above high", wrong.getMessage());
    }

    @Test
    void a_component_that_no_text_can_fill_is_a_mistake_of_the_author() {
        IllegalStateException mistake =
                assertThrows(IllegalStateException.class, () -> Settings.of(Unbindable.class, Map.of("sets", List.of(List.of()))));
        assertEquals("sets[0]: a settings record cannot have a component of java.util.Set<java.lang.String>", mistake.getMessage());
    }

    private static void assertProblems(Map<String, ?> values, String... expected) {
        List<SettingsProblem> problems = new ArrayList<>();
        Settings.bind(Outer.class, values, "", References.NONE, problems::add);
        assertEquals(List.of(expected), problems.stream().map(SettingsProblem::toString).toList());
    }
}
