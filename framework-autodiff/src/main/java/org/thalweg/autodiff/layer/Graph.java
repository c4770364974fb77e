package org.thalweg.autodiff.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;

/**
 * Layers with names, each of which may take the outputs of any before it, or columns of the data. The graph's own input is called {@code input}.
 * All outputs can be asked for by name inside later nodes. The path of each node is its name.
 *
 * @param nodes by name, one or more, in order
 * @param output the node whose output is the graph's; the last one if not given
 */
@Description("Layers with names, each of which takes the outputs of any before it, or columns of the data.")
public record Graph(
        @Description("The nodes by name, in order; a node takes what stands before it. The graph's own input is called 'input'.") Map<String, Node> nodes,
        @Description("The node whose output is the graph's; the last one if not given.") Optional<String> output)
        implements Layer {
    private static final String INPUT = "input";

    /** Lets each node without {@code from} take the one before it, and checks the names. */
    public Graph {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("nodes must hold at least one node");
        }
        if (nodes.containsKey(INPUT)) {
            throw new IllegalArgumentException("no node can be called 'input': that is what the graph is given");
        }
        Map<String, Node> resolved = new LinkedHashMap<>();
        String before = INPUT;
        for (Map.Entry<String, Node> node : nodes.entrySet()) {
            resolved.put(node.getKey(), resolved(node.getKey(), node.getValue(), before, resolved.keySet(), nodes.keySet()));
            before = node.getKey();
        }
        nodes = Collections.unmodifiableMap(resolved);
        if (output.isPresent() && !nodes.containsKey(output.get())) {
            throw new IllegalArgumentException("output is '" + output.get() + "', but no node has that name; "
                    + Suggestion.forName(output.get(), nodes.keySet()));
        }
    }

    private static Node resolved(String name, Node node, String before, Set<String> earlier, Set<String> all) {
        if (node.from().isEmpty()) {
            return node.taking(List.of(before));
        }
        if (new HashSet<>(node.from()).size() < node.from().size()) {
            throw new IllegalArgumentException("nodes." + name + " takes one thing twice: " + node.from() + "; name each once");
        }
        for (String taken : node.from()) {
            if (all.contains(taken) && !earlier.contains(taken)) {
                throw new IllegalArgumentException("nodes." + name + " takes '" + taken + "', which " + (taken.equals(name) ? "is itself" : "stands after it")
                        + "; a node takes what stands before it: " + (earlier.isEmpty() ? "here only 'input'" : "'input' or " + earlier));
            }
        }
        return node;
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Map<String, Tensor> known = new LinkedHashMap<>();
        known.put(INPUT, input);
        nodes.forEach((name, node) -> known.put(name, context.apply(name, node, input, known)));
        Tensor result = known.get(output.orElseGet(() -> List.copyOf(nodes.keySet()).getLast()));
        requireUsed(context, known, result);
        return result;
    }

    /** A node counts as used, too, where a layer inside a later one asks for it by name; so only the expression can tell. */
    private void requireUsed(LayerContext context, Map<String, Tensor> known, Tensor result) {
        if (!(result instanceof Expression expression)) {
            return;
        }
        Set<Tensor> used = new HashSet<>(org.thalweg.autodiff.graph.Graph.reachable(List.of(expression)));
        List<String> idle = new ArrayList<>(nodes.keySet());
        idle.removeIf(name -> used.contains(known.get(name)));
        if (!idle.isEmpty()) {
            throw new ShapeException("graph at '" + context.path() + "': the output does not depend on " + idle
                    + "; let a later node take " + (idle.size() == 1 ? "it" : "them") + ", or leave " + (idle.size() == 1 ? "it" : "them") + " out");
        }
    }
}
