package org.thalweg.api.layer;

import java.util.List;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Layers one after another. Wherever settings ask for a layer, a list is a sequence. The layers' paths are their numbers, from 0.
 *
 * @param layers in order; an empty sequence gives back its input
 */
@Description("Layers one after another; a plain list means the same.")
public record Sequence(@Description("The layers, in order.") List<Layer> layers) implements Layer, Named {
    /** Copies the list. */
    public Sequence {
        layers = List.copyOf(layers);
    }

    @Override
    public String registeredName() {
        return "sequential";
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor output = input;
        for (int i = 0; i < layers.size(); i++) {
            output = context.apply(Integer.toString(i), layers.get(i), output);
        }
        return output;
    }
}
