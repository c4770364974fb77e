package org.thalweg.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes a tree by texts such as {@code model[2].units=64}. */
final class Overrides {
    private static final Pattern STEP = Pattern.compile("\\G(?:\\.?([^.\\[\\]=]+)|\\[([0-9]{1,9})])");

    private final ConfigurationTree tree;
    private final Substitution substitution;
    private final Consumer<ConfigurationProblem> problems;

    Overrides(ConfigurationTree tree, Substitution substitution, Consumer<ConfigurationProblem> problems) {
        this.tree = tree;
        this.substitution = substitution;
        this.problems = problems;
    }

    /** Applies one override; a name that is not there is made, as a map where more of the path follows. */
    void apply(String override) {
        Place place = Place.option("--set " + override);
        int equals = override.indexOf('=');
        List<Object> steps = equals < 0 ? List.of() : steps(override.substring(0, equals).strip());
        if (steps.isEmpty()) {
            problem(place, "", "must be path=value, as in optimizer.learningRate=0.01 or model[1].units=64");
            return;
        }
        String path = override.substring(0, equals).strip();
        Object container = tree.root();
        String walked = "";
        for (int i = 0; i + 1 < steps.size(); i++) {
            String here = walked;
            Object step = steps.get(i);
            walked = join(walked, step);
            Object inside = child(container, step);
            if (steps.get(i + 1) instanceof String && (inside == null || inside instanceof String)) {
                inside = inside == null ? new LinkedHashMap<String, Object>() : tree.spelledOut(walked, inside);
                if (!put(container, step, inside, place, here)) {
                    return;
                }
                tree.placeValue(walked, place);
            }
            container = inside;
        }
        tree.forget(path);
        Object value = YamlReader.readOption(override.substring(equals + 1), place, path, substitution, tree, problems);
        if (put(container, steps.getLast(), value, place, walked)) {
            tree.placeKey(path, place);
            tree.placeValue(path, place);
        }
    }

    private static List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int end = 0;
        while (matcher.find()) {
            end = matcher.end();
            steps.add(matcher.group(1) != null ? (Object) matcher.group(1) : Integer.valueOf(matcher.group(2)));
        }
        return end == path.length() && !path.startsWith(".") && !path.startsWith("[") ? steps : List.of();
    }

    private static Object child(Object container, Object step) {
        if (container instanceof Map<?, ?> map && step instanceof String) {
            return map.get(step);
        }
        return container instanceof List<?> list && step instanceof Integer index && index < list.size() ? list.get(index) : null;
    }

    /** Puts a value into a map or list; one past the end of a list appends. */
    @SuppressWarnings("unchecked")
    private boolean put(Object container, Object step, Object value, Place place, String path) {
        if (step instanceof String name) {
            if (container instanceof Map<?, ?> map) {
                ((Map<String, Object>) map).put(name, value);
                return true;
            }
            problem(place, path, "is " + describe(container) + ", so it has no '" + name + "'");
            return false;
        }
        int index = (Integer) step;
        if (!(container instanceof List<?> list)) {
            problem(place, path, "is " + describe(container) + ", not a list, so it has no [" + index + "]");
            return false;
        }
        if (index > list.size()) {
            problem(place, path, "has " + list.size() + " elements, so [" + index + "] is not there: [" + list.size() + "] appends one");
            return false;
        }
        if (index == list.size()) {
            ((List<Object>) list).add(value);
        } else {
            ((List<Object>) list).set(index, value);
        }
        return true;
    }

    private static String describe(Object container) {
        return switch (container) {
            case null -> "empty";
            case Map<?, ?> map -> "a map";
            case List<?> list -> "a list";
            case String text -> "'" + text + "'";
            default -> String.valueOf(container);
        };
    }

    private static String join(String path, Object step) {
        return step instanceof Integer ? path + "[" + step + "]" : ConfigurationTree.child(path, (String) step);
    }

    private void problem(Place place, String path, String message) {
        problems.accept(new ConfigurationProblem(place, path, message));
    }
}
