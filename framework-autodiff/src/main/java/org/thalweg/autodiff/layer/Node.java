package org.thalweg.autodiff.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.Parallel.Combination;

/**
 * A node of a {@link Graph}: joins what it takes, and applies a layer. The path of the layer inside is {@code layer}.
 *
 * @param from names of nodes before it, or of columns of the data; the node before it if empty
 * @param combine how several become one
 * @param axis along which they are joined, if they are; -1 is the last
 * @param layer what is applied to that; nothing if not given
 */
@Description("A node of a graph.")
public record Node(
        @Description("What it takes: a node before it, 'input', a column of the data, or a list of them; the node before it if not given.")
                @Default("[]") List<String> from,
        @Description("How several become one: concat, one after another along the axis; or sum or product, element by element.")
                @Default("concat") Combination combine,
        @Description("The axis of concat; 1 are the channels, -1 is the last.") @Default("1") int axis,
        @Description("What is applied to that; a list of layers is a sequence.") Optional<Layer> layer)
        implements Layer {

    /** Copies the list. */
    public Node {
        from = List.copyOf(from);
    }

    /** A node that applies a layer to others, joined along axis 1. */
    public static Node of(Layer layer, String... from) {
        return new Node(List.of(from), Combination.CONCAT, 1, Optional.of(layer));
    }

    /** A node that only joins others. */
    public static Node joining(Combination combine, int axis, String... from) {
        return new Node(List.of(from), combine, axis, Optional.empty());
    }

    Node taking(List<String> names) {
        return new Node(names, combine, axis, layer);
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Map<String, Tensor> taken = new LinkedHashMap<>();
        from.forEach(name -> taken.put(name, context.named(name)));
        Tensor joined = taken.isEmpty() ? input : joined(context, taken);
        return layer.isPresent() ? context.apply("layer", layer.get(), joined) : joined;
    }

    private Tensor joined(LayerContext context, Map<String, Tensor> taken) {
        if (taken.size() == 1) {
            return taken.values().iterator().next();
        }
        try {
            return combine.of(taken, axis);
        } catch (ShapeException problem) {
            throw new ShapeException("node at '" + context.path() + "': " + problem.getMessage());
        }
    }
}
