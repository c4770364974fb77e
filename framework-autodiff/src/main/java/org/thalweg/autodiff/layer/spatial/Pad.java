package org.thalweg.autodiff.layer.spatial;

import java.util.List;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Elements of one value added at the ends of the spatial axes: from [n, c, s...] to [n, c, before + s + after ...].
 *
 * @param before how many at the near end; one number, or one a spatial axis
 * @param after how many at the far end
 * @param value of the elements
 */
@Description("Adds elements of one value at the ends of the spatial axes.")
public record Pad(
        @Description("How many at the near end; one number for all spatial axes, or one for each.") @Default("[0]") @Min(0) List<Integer> before,
        @Description("How many at the far end; one number for all spatial axes, or one for each.") @Default("[0]") @Min(0) List<Integer> after,
        @Description("The value of the elements added.") @Default("0") double value)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.of("pad", context, input, 3);
        List<Integer> near = axes.each("before", before);
        List<Integer> far = axes.each("after", after);
        Tensor output = input;
        Tensor inside = input.onesLike().equal(1);
        for (int axis = 0; axis < axes.count(); axis++) {
            output = output.pad(axis + 2, near.get(axis), far.get(axis));
            inside = inside.pad(axis + 2, near.get(axis), far.get(axis));
        }
        return value == 0 ? output : inside.where(output, output.constant(value));
    }
}
