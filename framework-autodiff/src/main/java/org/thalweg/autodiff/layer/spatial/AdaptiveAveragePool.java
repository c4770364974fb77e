package org.thalweg.autodiff.layer.spatial;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Means over parts of the spatial axes, so many that the output has the wanted extents whatever the input's are: from [n, c, s...] to [n, c, size...].
 * Part i of an axis goes from {@code floor(i s / size)} up to, but without, {@code ceil((i + 1) s / size)}, as in PyTorch.
 *
 * @param size the output's spatial extents; one number, or one a spatial axis
 */
@Description("Means over as many parts of the spatial axes as are wanted.")
public record AdaptiveAveragePool(
        @Description("Extents of the output; one number for all spatial axes, or one for each; 0 keeps that of the input.") @Default("[1]") @Min(0)
                List<Integer> size)
        implements Layer {

    /** What becomes of one part of an axis, which stays with extent 1. */
    interface Reduction {
        Tensor reduced(Tensor part, int axis);
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return eachPart(Axes.numbered("adaptive-avg-pool", context, input), size, Tensor::meanKeepingAxes);
    }

    /** The mean or maximum over a box is that along one axis after another; from the last, so that of equal maxima the first in the box wins. */
    static Tensor eachPart(Axes axes, List<Integer> size, Reduction reduction) {
        List<Integer> sizes = axes.each("size", size);
        if (axes.spatial().size() == 0) {
            throw axes.mistake("the input has no elements to pool: " + axes.input().shape());
        }
        Tensor output = axes.input();
        for (int axis = axes.count() - 1; axis >= 0; axis--) {
            int parts = sizes.get(axis);
            if (parts != 0 && parts != axes.spatial().extent(axis)) {
                output = parts(output, axis + 2, parts, reduction);
            }
        }
        return output;
    }

    private static Tensor parts(Tensor x, int axis, int parts, Reduction reduction) {
        int extent = x.shape().extent(axis);
        if (parts == 1) {
            return reduction.reduced(x, axis);
        }
        List<Tensor> reduced = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int from = (int) ((long) i * extent / parts);
            int to = (int) (((i + 1L) * extent + parts - 1) / parts);
            reduced.add(reduction.reduced(x.slice(axis, from, to), axis));
        }
        return reduced.getFirst().concat(axis, reduced.subList(1, parts));
    }
}
