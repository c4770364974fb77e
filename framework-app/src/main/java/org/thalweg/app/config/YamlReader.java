package org.thalweg.app.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML into maps, lists and scalars and notes where each stands. It works on the nodes of the parser, not on a data binding, because only
 * nodes still know places, quotes and repeated keys.
 */
final class YamlReader {
    /** Aliases of aliases can expand without end; no configuration comes near this. */
    private static final int MOST_VALUES = 100_000;

    private final String source;
    private final Optional<Place> option;
    private final Substitution substitution;
    private final ConfigurationTree tree;
    private final Consumer<ConfigurationProblem> problems;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int values;

    private YamlReader(
            String source,
            Optional<Place> option,
            Substitution substitution,
            ConfigurationTree tree,
            Consumer<ConfigurationProblem> problems) {
        this.source = source;
        this.option = option;
        this.substitution = substitution;
        this.tree = tree;
        this.problems = problems;
    }

    /** Reads a file's text into the tree; {@code needs} says what must stand in it at least. */
    static void readFile(
            String text, String file, String needs, Substitution substitution, ConfigurationTree tree, Consumer<ConfigurationProblem> problems) {
        YamlReader reader = new YamlReader(file, Optional.empty(), substitution, tree, problems);
        Optional<Node> node = reader.compose(text);
        if (node == null) {
            return;
        }
        if (node.isEmpty()) {
            reader.problem(new Place(file, 1, 1), "", "is empty: write at least " + needs);
        } else if (reader.value(node.get(), "") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> tree.root().put((String) name, value));
        } else {
            reader.problem(reader.place(node.get()), "", "must be a map of settings, as in 'seed: 42'");
        }
    }

    /** Reads the text of an override; null after a problem, too. */
    static Object readOption(
            String text,
            Place place,
            String path,
            Substitution substitution,
            ConfigurationTree tree,
            Consumer<ConfigurationProblem> problems) {
        YamlReader reader = new YamlReader(place.source(), Optional.of(place), substitution, tree, problems);
        Optional<Node> node = reader.compose(text);
        return node == null || node.isEmpty() ? null : reader.value(node.get(), path);
    }

    /** The only document of a text, empty where there is none, or null where it is no YAML. */
    @SuppressWarnings("OptionalAssignedToNull")
    private Optional<Node> compose(String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(source).setUseMarks(true).build();
        try {
            return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode();
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(this::place).orElse(new Place(source, 1, 1));
            problem(place, "", "is not YAML: " + sentence(e));
        } catch (YamlEngineException e) {
            problem(option.orElse(new Place(source, 1, 1)), "", "is not YAML: " + oneLine(e.getMessage()));
        } catch (StackOverflowError e) {
            problem(option.orElse(new Place(source, 1, 1)), "", "is nested too deeply to be a configuration");
        }
        return null;
    }

    private static String sentence(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : oneLine(e.getContext()) + ", ";
        String line = e.getProblemMark().map(mark -> mark.createSnippet()).orElse("");
        String remedy = line.contains("${") ? "; inside { } and [ ] a ${VARIABLE} must stand in quotes" : "";
        return context + oneLine(e.getProblem()) + remedy;
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\n\\s*", " ");
    }

    private Object value(Node node, String path) {
        if (++values > MOST_VALUES) {
            if (values == MOST_VALUES + 1) {
                problem(place(node), path, "has more than " + MOST_VALUES + " values: its aliases expand too far");
            }
            return null;
        }
        tree.placeValue(path, place(node));
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, path);
        }
        if (!open.add(node)) {
            problem(place(node), path, "contains itself through an alias: write it out");
            return null;
        }
        Object value = node instanceof SequenceNode sequence ? list(sequence, path) : map((MappingNode) node, path);
        open.remove(node);
        return value;
    }

    private Object scalar(ScalarNode node, String path) {
        String text = substitution.apply(node.getValue(), message -> problem(place(node), path, message));
        boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
        if (!text.equals(node.getValue())) {
            tree.keepWritten(path, new ConfigurationTree.Written(node.getValue(), plain));
        }
        // A replaced variable counts as if its value stood in the file: ${RATE} may be a number.
        return plain ? CoreSchema.resolve(text) : text;
    }

    private List<Object> list(SequenceNode node, String path) {
        List<Object> list = new ArrayList<>();
        for (Node element : node.getValue()) {
            list.add(value(element, path + "[" + list.size() + "]"));
        }
        return list;
    }

    private Map<String, Object> map(MappingNode node, String path) {
        Map<String, Object> map = new LinkedHashMap<>();
        Map<String, Place> first = new HashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem(place(tuple.getKeyNode()), path, "the name of a setting must be a text, not a list or a map");
                continue;
            }
            String name = key.getValue();
            String child = ConfigurationTree.child(path, name);
            Place earlier = first.putIfAbsent(name, place(key));
            if (earlier != null) {
                problem(place(key), child, "is given twice, first in line " + earlier.line() + ": remove one of the two");
                continue;
            }
            tree.placeKey(child, place(key));
            map.put(name, value(tuple.getValueNode(), child));
        }
        return map;
    }

    private Place place(Node node) {
        return node.getStartMark().map(this::place).orElse(new Place(source, 1, 1));
    }

    private Place place(Mark mark) {
        return option.orElseGet(() -> new Place(source, mark.getLine() + 1, mark.getColumn() + 1));
    }

    private void problem(Place place, String path, String message) {
        problems.accept(new ConfigurationProblem(place, path, message));
    }
}
