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
 * In training, moves each row of [n, c, s...] by whole numbers from {@code -most} to {@code most} along each spatial axis, drawn anew for every row and axis;
 * otherwise the input itself. What comes in at the edges is 0. The same as cutting the picture out of one with a margin of zeros (He et al., 2016).
 *
 * @param most how far; one number, or one a spatial axis
 */
@Description("In training, moves pictures by a few elements at random, with zeros at the edges.")
public record RandomShift(
        @Description("The largest distance; one number for all spatial axes, or one for each.") @Default("[2]") @Min(0) List<Integer> most)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.of("random-shift", context, input, 3);
        List<Integer> distances = axes.each("most", most);
        if (!context.training() || distances.stream().allMatch(distance -> distance == 0)) {
            return input;
        }
        List<Tensor> along = new ArrayList<>();
        for (Tensor own : Places.own(axes).along()) {
            int distance = distances.get(along.size());
            Tensor moved = Places.drawn(context.uniform(Places.perRow(axes)), 2 * distance + 1).sub(distance);
            along.add(own.add(moved));
        }
        return new Places(axes, along).taken();
    }
}
