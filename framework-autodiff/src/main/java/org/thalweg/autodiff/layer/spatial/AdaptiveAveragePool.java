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
        @Description("Extents of the output; one number for all spatial axes, or one for each.") @Default("[1]") @Min(1) List<Integer> size)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.numbered("adaptive-avg-pool", context, input);
        List<Integer> sizes = axes.each("size", size);
        if (axes.spatial().size() == 0) {
            throw axes.mistake("the input has no elements to take means of: " + input.shape());
        }
        // The mean over a box is the mean along one axis after another.
        Tensor output = input;
        for (int axis = 0; axis < axes.count(); axis++) {
            output = means(output, axis + 2, sizes.get(axis));
        }
        return output;
    }

    private static Tensor means(Tensor x, int axis, int parts) {
        int extent = x.shape().extent(axis);
        if (parts == 1) {
            return x.meanKeepingAxes(axis);
        }
        List<Tensor> means = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int from = (int) ((long) i * extent / parts);
            int to = (int) (((i + 1L) * extent + parts - 1) / parts);
            means.add(x.slice(axis, from, to).meanKeepingAxes(axis));
        }
        return means.getFirst().concat(axis, means.subList(1, parts));
    }
}
