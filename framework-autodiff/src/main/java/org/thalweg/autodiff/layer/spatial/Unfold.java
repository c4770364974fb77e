package org.thalweg.autodiff.layer.spatial;

import java.util.List;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.tensor.Window;

/**
 * What a window sees at all its positions, from [n, c, s...] to [n, c * size, positions], as PyTorch's {@code Unfold}.
 *
 * @param size of the window; one number, or one a spatial axis
 * @param stride from one position of the window to the next
 * @param padding zeros added at both ends of each spatial axis
 * @param dilation from one element of the window to the next
 */
@Description("What a window sees at each of its positions, as columns.")
public record Unfold(
        @Description("Extents of the window; one number for all spatial axes, or one for each.") @Min(1) List<Integer> size,
        @Description("Steps of the window; one number, or one for each axis.") @Default("[1]") @Min(1) List<Integer> stride,
        @Description("Zeros at both ends; one number, or one for each axis.") @Default("[0]") @Min(0) List<Integer> padding,
        @Description("Distance of the window's elements; one number, or one for each axis.") @Default("[1]") @Min(1) List<Integer> dilation)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.of("unfold", context, input, 3);
        Window window = new Window(
                axes.each("size", size), axes.each("stride", stride), axes.each("padding", padding), axes.each("dilation", dilation));
        Sliding sliding = Sliding.over(axes, window, 0);
        Shape seen = sliding.seen().shape();
        int positions = (int) sliding.positions().size();
        return sliding.seen().reshape(Shape.of(seen.extent(0) * seen.extent(1), sliding.rows(), positions)).permute(1, 0, 2);
    }
}
