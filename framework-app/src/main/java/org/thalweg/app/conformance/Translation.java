package org.thalweg.app.conformance;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * How a thing of PyTorch's is written here.
 *
 * @param options by PyTorch's names
 * @param fixed settings that are always given, because PyTorch has no choice there
 * @param sizes settings that follow from the extent of a state tensor
 * @param names of inputs or state tensors, where they differ
 * @param wholeInputs inputs that hold class numbers, lengths or indices
 */
record Translation(
        Map<String, Option> options, Map<String, Object> fixed, Map<String, Size> sizes, Map<String, String> names, List<String> wholeInputs) {
    /** A thing without options. */
    static final Translation NONE = new Translation(Map.of(), Map.of(), Map.of(), Map.of(), List.of());

    /** Where a size of a layer can be read off. */
    record Size(String state, int axis) {}

    /**
     * One option of PyTorch's.
     *
     * @param settings that it becomes: one for all of the value, or one for each element of it
     * @param standard PyTorch's default, where it is not the project's; null where it is
     * @param value the setting's value from the option's and the case's base learning rate; null where the value has no counterpart
     */
    record Option(List<String> settings, Object standard, BiFunction<Object, Double, Object> value) {}

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

    Translation fixed(String setting, Object value) {
        Map<String, Object> more = new HashMap<>(fixed);
        more.put(setting, value);
        return new Translation(options, more, sizes, names, wholeInputs);
    }

    /** A setting that is the extent of a state tensor. */
    Translation size(String setting, String state, int axis) {
        Map<String, Size> more = new HashMap<>(sizes);
        more.put(setting, new Size(state, axis));
        return new Translation(options, fixed, more, names, wholeInputs);
    }

    /** An input or a state tensor that has another name here. */
    Translation named(String theirs, String ours) {
        Map<String, String> more = new HashMap<>(names);
        more.put(theirs, ours);
        return new Translation(options, fixed, sizes, more, wholeInputs);
    }

    Translation whole(String... inputs) {
        return new Translation(options, fixed, sizes, names, List.of(inputs));
    }

    private Translation with(String option, Option translated) {
        Map<String, Option> more = new LinkedHashMap<>(options);
        more.put(option, translated);
        return new Translation(more, fixed, sizes, names, wholeInputs);
    }

    String name(String theirs) {
        return names.getOrDefault(theirs, theirs);
    }

    /** The settings that options become. */
    Map<String, Object> settings(Map<String, Object> given, Map<String, GoldenTensor> state, double base) throws UnsupportedCaseException {
        Map<String, Object> settings = new LinkedHashMap<>(fixed);
        for (Map.Entry<String, Size> size : sizes.entrySet()) {
            GoldenTensor tensor = state.get(size.getValue().state());
            if (tensor == null) {
                throw new UnsupportedCaseException("it has no '" + size.getValue().state() + "' that tells " + size.getKey());
            }
            settings.put(size.getKey(), tensor.shape().extent(size.getValue().axis()));
        }
        options.forEach((name, option) -> {
            if (option.standard() != null) {
                settings.put(option.settings().getFirst(), option.standard());
            }
        });
        for (Map.Entry<String, Object> option : given.entrySet()) {
            put(option.getKey(), option.getValue(), base, settings);
        }
        return settings;
    }

    private void put(String name, Object value, double base, Map<String, Object> settings) throws UnsupportedCaseException {
        Option option = options.get(name);
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
