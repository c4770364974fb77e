package org.thalweg.autodiff.layer.spatial;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Elements added at the ends of the spatial axes: from [n, c, s...] to [n, c, before + s + after ...].
 *
 * @param before how many at the near end; one number, or one a spatial axis
 * @param after how many at the far end
 * @param value of the elements
 * @param mode what they are instead of one value
 */
@Description("Adds elements at the ends of the spatial axes.")
public record Pad(
        @Description("How many at the near end; one number for all spatial axes, or one for each.") @Default("[0]") @Min(0) List<Integer> before,
        @Description("How many at the far end; one number for all spatial axes, or one for each.") @Default("[0]") @Min(0) List<Integer> after,
        @Description("The value of the elements added.") @Default("0") double value,
        @Description("What is added instead: reflect mirrors, replicate repeats the last, circular goes on at the other end; if absent, the value.")
                Optional<Border> mode)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.of("pad", context, input, 3);
        List<Integer> near = axes.each("before", before);
        List<Integer> far = axes.each("after", after);
        Tensor output = input;
        for (int axis = 0; axis < axes.count(); axis++) {
            output = mode.isPresent()
                    ? mode.get().extend(axes, output, axis + 2, near.get(axis), far.get(axis))
                    : filled(output, axis + 2, near.get(axis), far.get(axis), value);
        }
        return output;
    }

    /** Elements of one value at the ends of an axis. */
    static Tensor filled(Tensor x, int axis, int before, int after, double value) {
        Tensor padded = x.pad(axis, before, after);
        if (value == 0 || before == 0 && after == 0) {
            return padded;
        }
        int extent = x.shape().extent(axis);
        int[] along = new int[x.shape().rank()];
        Arrays.fill(along, 1);
        along[axis] = before + extent + after;
        Tensor places = x.range(along[axis]).reshape(along);
        Tensor outside = places.less(places.constant(before)).or(places.greaterOrEqual(places.constant(before + extent)));
        return outside.where(padded.constant(value), padded);
    }
}
