package org.thalweg.app.conformance;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a thing of PyTorch's is written here.
 *
 * @param options by PyTorch's names
 * @param fixed settings that are always given, because PyTorch has no choice there
 * @param derived settings that follow from the case as a whole
 * @param names of inputs or state tensors, where they differ
 * @param wholeInputs inputs that hold class numbers, lengths or indices
 * @param here what the thing is called here, where that differs from the case
 * @param more names of further inputs of a layer
 */
record Translation(
        Map<String, Option> options,
        Map<String, Object> fixed,
        Map<String, Function<Given, Object>> derived,
        Map<String, String> names,
        List<String> wholeInputs,
        Optional<String> here,
        List<String> more) {
    private static final String BATCH_FIRST = "batch_first";

    /** A thing without options. */
    static final Translation NONE = new Translation(Map.of(), Map.of(), Map.of(), Map.of(), List.of(), Optional.empty(), List.of());

    /**
     * What a case gives.
     *
     * @param options by PyTorch's names; null stands for None
     * @param state tensors by name
     * @param inputs how many the layer gets
     * @param base the learning rate that a schedule starts from
     */
    record Given(Map<String, Object> options, Map<String, GoldenTensor> state, int inputs, double base) {
        static Given options(Map<String, Object> options) {
            return new Given(options, Map.of(), 1, 1);
        }

        /** Whether the rows of sequences are the second axis; the cases have them first where they do not say. */
        boolean timeFirst() {
            return Boolean.FALSE.equals(options.get(BATCH_FIRST));
        }

        /** A whole number among the options. */
        int whole(String option, int otherwise) {
            return options.get(option) instanceof Number number ? number.intValue() : otherwise;
        }
    }

    /**
     * One option of PyTorch's.
     *
     * @param settings that it becomes: one for all of the value, or one for each element of it
     * @param standard PyTorch's default, where it is not the project's; null where it is
     * @param value the setting's value from the option's and the case's base learning rate, or several settings by name; null where the value has no counterpart
     * @param none the settings that None means
     */
    record Option(List<String> settings, Object standard, BiFunction<Object, Double, Object> value, Map<String, Object> none) {
        Option(List<String> settings, Object standard, BiFunction<Object, Double, Object> value) {
            this(settings, standard, value, Map.of());
        }
    }

    static Translation of() {
        return NONE;
    }

    /** An option that has the same name here. */
    Translation same(String option) {
        return option(option, option);
    }

    /** An option that becomes one setting, or a list that becomes several. */
    Translation option(String option, String... settings) {
        return with(option, new Option(List.of(settings), null, (value, base) -> value));
    }

    /** An option whose default is not the project's. */
    Translation optionElse(String option, String setting, Object standard) {
        return with(option, new Option(List.of(setting), standard, (value, base) -> value));
    }

    /** A learning rate that is a factor on the base rate here. */
    Translation factor(String option, String setting) {
        return with(option, new Option(List.of(setting), null, (value, base) -> ((Number) value).doubleValue() / base));
    }

    /** A learning rate with a default that is not the project's. */
    Translation factorElse(String option, String setting, double standard) {
        return with(option, new Option(List.of(setting), standard, (value, base) -> ((Number) value).doubleValue() / base));
    }

    /** Numbers with any number of axes, which are a plain list here. */
    Translation flat(String option, String setting) {
        return with(option, new Option(List.of(setting), null, (value, base) -> value instanceof List<?> list ? elements(list).toList() : List.of(value)));
    }

    private static Stream<?> elements(List<?> list) {
        return list.stream().flatMap(element -> element instanceof List<?> inner ? elements(inner) : Stream.of(element));
    }

    /** An option with words for values. */
    Translation words(String option, String setting, Map<String, Object> values) {
        return with(option, new Option(List.of(setting), null, (value, base) -> values.get(String.valueOf(value))));
    }

    /** An option that changes no number that is compared. */
    Translation ignored(String option) {
        return with(option, new Option(List.of(), null, (value, base) -> value));
    }

    /** An option of which only one value has a counterpart: what happens here anyway. */
    Translation only(String option, Object value) {
        return with(option, new Option(List.of(), null, (given, base) -> given.equals(value) ? given : null));
    }

    /** An option of which only None, its default, has a counterpart. */
    Translation nothing(String... absent) {
        Translation known = this;
        for (String option : absent) {
            known = known.with(option, new Option(List.of(), null, (value, base) -> null));
        }
        return known;
    }

    /** A layer of sequences, which may be without an axis of rows, or have it second where the case says so. */
    Translation sequence() {
        return ignored(BATCH_FIRST);
    }

    boolean isSequence() {
        return options.containsKey(BATCH_FIRST);
    }

    /** An option that becomes settings by name, or null where it has no counterpart. */
    Translation becoming(String option, Function<Object, Map<String, Object>> settings) {
        return with(option, new Option(List.of(option), null, (value, base) -> settings.apply(value)));
    }

    /** What None means for an option that is known already. */
    Translation none(String option, Map<String, Object> settings) {
        Option known = options.get(option);
        return with(option, new Option(known.settings(), known.standard(), known.value(), settings));
    }

    Translation fixed(String setting, Object value) {
        Map<String, Object> more = new HashMap<>(fixed);
        more.put(setting, value);
        return new Translation(options, more, derived, names, wholeInputs, here, this.more);
    }

    /** A setting that is the extent of a state tensor. */
    Translation size(String setting, String state, int axis) {
        return derived(setting, given -> given.state().containsKey(state) ? given.state().get(state).shape().extent(axis) : null);
    }

    /** A setting that follows from the case; where the function gives null, it is not set. */
    Translation derived(String setting, Function<Given, Object> value) {
        Map<String, Function<Given, Object>> longer = new LinkedHashMap<>(derived);
        longer.put(setting, value);
        return new Translation(options, fixed, longer, names, wholeInputs, here, more);
    }

    /** An input or a state tensor that has another name here. */
    Translation named(String theirs, String ours) {
        Map<String, String> longer = new HashMap<>(names);
        longer.put(theirs, ours);
        return new Translation(options, fixed, derived, longer, wholeInputs, here, more);
    }

    Translation whole(String... inputs) {
        return new Translation(options, fixed, derived, names, List.of(inputs), here, more);
    }

    /** The name of the thing here. */
    Translation as(String name) {
        return new Translation(options, fixed, derived, names, wholeInputs, Optional.of(name), more);
    }

    /** Names for a layer's second input and those after it. */
    Translation inputs(String... further) {
        return new Translation(options, fixed, derived, names, wholeInputs, here, List.of(further));
    }

    private Translation with(String option, Option translated) {
        Map<String, Option> longer = new LinkedHashMap<>(options);
        longer.put(option, translated);
        return new Translation(longer, fixed, derived, names, wholeInputs, here, more);
    }

    String name(String theirs) {
        return names.getOrDefault(theirs, theirs);
    }

    /** The settings that options become. */
    Map<String, Object> settings(Given given) throws UnsupportedCaseException {
        Map<String, Object> settings = new LinkedHashMap<>(fixed);
        options.forEach((name, option) -> {
            if (option.standard() != null) {
                settings.put(option.settings().getFirst(), option.value().apply(option.standard(), given.base()));
            }
        });
        for (Map.Entry<String, Object> option : given.options().entrySet()) {
            put(option.getKey(), option.getValue(), given.base(), settings);
        }
        derived.forEach((setting, value) -> {
            Object found = value.apply(given);
            if (found != null) {
                settings.put(setting, found);
            }
        });
        return settings;
    }

    private void put(String name, Object value, double base, Map<String, Object> settings) throws UnsupportedCaseException {
        Option option = options.get(name);
        if (option != null && value == null) {
            settings.putAll(option.none());
            return;
        }
        Object translated = option == null ? null : option.value().apply(value, base);
        if (translated == null) {
            throw new UnsupportedCaseException("the option " + name + " = " + value + " is not known");
        }
        List<String> targets = option.settings();
        if (targets.size() <= 1) {
            targets.forEach(target -> putOne(target, translated, settings));
        } else if (translated instanceof List<?> list && list.size() == targets.size()) {
            for (int i = 0; i < targets.size(); i++) {
                settings.put(targets.get(i), list.get(i));
            }
        } else {
            throw new UnsupportedCaseException("the option " + name + " = " + value + " must be a list of " + targets.size());
        }
    }

    /** Some words stand for several settings. */
    private static void putOne(String target, Object translated, Map<String, Object> settings) {
        if (translated instanceof Map<?, ?> several) {
            several.forEach((setting, value) -> settings.put((String) setting, value));
        } else {
            settings.put(target, translated);
        }
    }
}
