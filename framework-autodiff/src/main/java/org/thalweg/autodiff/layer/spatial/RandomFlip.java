package org.thalweg.autodiff.layer.spatial;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * In training, mirrors rows of [n, c, s...] along the last axis, left to right, each with the same probability; otherwise the input itself. So a model
 * sees more pictures than there are.
 *
 * @param probability with which a row is mirrored
 */
@Description("In training, mirrors pictures left to right at random.")
public record RandomFlip(
        @Description("Probability with which a picture is mirrored.") @Default("0.5") @Min(0) @Max(1) double probability)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.of("random-flip", context, input, 3);
        if (!context.training() || probability == 0) {
            return input;
        }
        Tensor flipped = context.uniform(Places.perRow(axes)).less(probability);
        List<Tensor> along = new ArrayList<>(Places.own(axes).along());
        Tensor last = along.removeLast();
        along.add(flipped.where(last.constant(last.shape().size() - 1).sub(last), last));
        return new Places(axes, along).taken();
    }
}
