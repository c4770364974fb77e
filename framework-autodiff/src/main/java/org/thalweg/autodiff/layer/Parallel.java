package org.thalweg.autodiff.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Layers that all get the same input, as in an inception block (Szegedy et al., 2015); their outputs are joined. The path of each is its name.
 *
 * @param branches by name, one or more, in order
 * @param combine how the outputs become one
 * @param axis along which they are joined, if they are; -1 is the last
 */
@Description("Gives the same input to several layers and joins their outputs.")
public record Parallel(
        @Description("The layers by name; a list of layers is a sequence.") Map<String, Layer> branches,
        @Description("concat, one after another along the axis; or sum or product, element by element.") @Default("concat") Combination combine,
        @Description("The axis of concat; 1 are the channels, -1 is the last.") @Default("1") int axis)
        implements Layer {

    /** How several outputs become one. */
    public enum Combination {
        /** One after another along an axis. */
        CONCAT,
        /** Added up. */
        SUM,
        /** Multiplied. */
        PRODUCT
    }

    /** Copies the map and checks that it holds something. */
    public Parallel {
        branches = Collections.unmodifiableMap(new LinkedHashMap<>(branches));
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("branches must hold at least one layer");
        }
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        List<Tensor> outputs = new ArrayList<>();
        branches.forEach((name, layer) -> outputs.add(context.apply(name, layer, input)));
        if (!fit(outputs)) {
            throw new ShapeException("parallel at '" + context.path() + "': the outputs of " + branches.keySet() + " do not fit together: "
                    + outputs.stream().map(Tensor::shape).toList() + (combine == Combination.CONCAT ? " along axis " + axis : ""));
        }
        return switch (combine) {
            case CONCAT -> outputs.getFirst().concat(axis, outputs.subList(1, outputs.size()));
            case SUM -> outputs.stream().reduce(Tensor::add).orElseThrow();
            case PRODUCT -> outputs.stream().reduce(Tensor::mul).orElseThrow();
        };
    }

    private boolean fit(List<Tensor> outputs) {
        Tensor first = outputs.getFirst();
        if (combine != Combination.CONCAT) {
            return outputs.stream().allMatch(output -> output.shape().equals(first.shape()));
        }
        int rank = first.shape().rank();
        return axis >= -rank && axis < rank && outputs.stream().allMatch(output ->
                output.shape().rank() == rank && output.shape().with(axis, 0).equals(first.shape().with(axis, 0)));
    }
}
