package org.thalweg.autodiff.layer;

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
        PRODUCT;

        /**
         * One tensor of several.
         *
         * @param tensors their names and values, in order; at least one
         * @throws ShapeException where they do not fit together; the message names them
         */
        Tensor of(Map<String, Tensor> tensors, int axis) {
            List<Tensor> all = List.copyOf(tensors.values());
            if (!fit(all, axis)) {
                throw new ShapeException(tensors.keySet() + " do not fit together: " + all.stream().map(Tensor::shape).toList()
                        + (this == CONCAT ? " along axis " + axis : ""));
            }
            return switch (this) {
                case CONCAT -> all.getFirst().concat(axis, all.subList(1, all.size()));
                case SUM -> all.stream().reduce(Tensor::add).orElseThrow();
                case PRODUCT -> all.stream().reduce(Tensor::mul).orElseThrow();
            };
        }

        private boolean fit(List<Tensor> tensors, int axis) {
            Tensor first = tensors.getFirst();
            if (this != CONCAT) {
                return tensors.stream().allMatch(tensor -> tensor.shape().equals(first.shape()));
            }
            int rank = first.shape().rank();
            return axis >= -rank && axis < rank && tensors.stream().allMatch(tensor ->
                    tensor.shape().rank() == rank && tensor.shape().with(axis, 0).equals(first.shape().with(axis, 0)));
        }
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
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        branches.forEach((name, layer) -> outputs.put(name, context.apply(name, layer, input)));
        try {
            return combine.of(outputs, axis);
        } catch (ShapeException problem) {
            throw new ShapeException("parallel at '" + context.path() + "': the outputs of " + problem.getMessage());
        }
    }
}
