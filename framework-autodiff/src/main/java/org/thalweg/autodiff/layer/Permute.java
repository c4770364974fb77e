package org.thalweg.autodiff.layer;

import java.util.HashSet;
import java.util.List;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The axes in another order: axis i of the output is axis {@code axes[i]} of the input; axis 0 are the rows.
 *
 * @param axes each axis once
 */
@Description("The axes in another order, as [0, 2, 1] to make the channels of frames the last axis.")
public record Permute(
        @Description("The input's axes in their new order; 0 are the rows and usually stays the first.") @Min(0) List<Integer> axes)
        implements Layer {

    /** Checks that each axis stands there once. */
    public Permute {
        axes = List.copyOf(axes);
        if (new HashSet<>(axes).size() < axes.size() || axes.stream().anyMatch(axis -> axis < 0)
                || axes.stream().mapToInt(axis -> axis).max().orElse(0) >= axes.size()) {
            throw new IllegalArgumentException("axes must hold each of 0 to " + Math.max(0, axes.size() - 1) + " once, but is " + axes);
        }
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        if (input.shape().rank() != axes.size()) {
            throw new ShapeException("permute at '" + context.path() + "': " + axes + " orders " + axes.size() + " axes, but the input is "
                    + input.shape());
        }
        return input.permute(axes.stream().mapToInt(axis -> axis).toArray());
    }
}
