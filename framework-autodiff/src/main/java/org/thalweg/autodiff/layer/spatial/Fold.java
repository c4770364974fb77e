package org.thalweg.autodiff.layer.spatial;

import java.util.List;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.tensor.Window;

/**
 * Adds up what {@link Unfold} took apart, from [n, c * size, positions] to [n, c, extents...], as PyTorch's {@code Fold}.
 *
 * @param extents of the output's spatial axes
 * @param size of the window; one number an axis
 * @param stride from one position of the window to the next; one number an axis
 * @param padding zeros that were added at both ends of each spatial axis; one number an axis
 * @param dilation from one element of the window to the next; one number an axis
 */
@Description("Adds up overlapping windows that stand in columns.")
public record Fold(
        @Description("Extents of the output's spatial axes.") @Min(1) List<Integer> extents,
        @Description("Extents of the window; one number for all spatial axes, or one for each.") @Min(1) List<Integer> size,
        @Description("Steps of the window; one number, or one for each axis.") @Default("[1]") @Min(1) List<Integer> stride,
        @Description("Zeros at both ends; one number, or one for each axis.") @Default("[0]") @Min(0) List<Integer> padding,
        @Description("Distance of the window's elements; one number, or one for each axis.") @Default("[1]") @Min(1) List<Integer> dilation)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        Axes axes = new Axes("fold at '" + context.path() + "'", input, Axes.join(Shape.scalar(), extents));
        Window window = new Window(
                axes.each("size", size), axes.each("stride", stride), axes.each("padding", padding), axes.each("dilation", dilation));
        int elements = Sliding.size(window.size());
        Shape positions = Shape.scalar();
        for (int axis = 0; axis < extents.size(); axis++) {
            positions = positions.append(Math.max(0, window.positions(axis, extents.get(axis))));
        }
        if (shape.rank() != 3 || shape.extent(1) % elements != 0 || shape.extent(2) != positions.size()) {
            throw new ShapeException("fold at '" + context.path() + "': the input must be [rows, channels * " + elements + ", " + positions.size()
                    + "] for these windows, but has the shape " + shape);
        }
        Shape seen = Axes.join(Axes.join(Shape.of(shape.extent(1) / elements), window.size()).append(shape.extent(0)), positions);
        return input.permute(1, 0, 2).reshape(seen).fold(window, axes.spatial());
    }
}
