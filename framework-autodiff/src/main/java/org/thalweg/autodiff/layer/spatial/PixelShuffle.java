package org.thalweg.autodiff.layer.spatial;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Channels to pixels (Shi et al., 2016): from [n, c factor^2, h, w] to [n, c, h factor, w factor], where a block of {@code factor} x {@code factor} pixels comes from as many
 * channels; or back.
 *
 * @param factor by which height and width grow
 * @param back whether to turn pixels into channels instead
 */
@Description("Turns groups of channels into blocks of pixels, or back.")
public record PixelShuffle(
        @Description("By how much height and width grow.") @Min(1) int factor,
        @Description("Whether to turn blocks of pixels into channels instead.") @Default("false") boolean back)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        int square = factor * factor;
        boolean fits = shape.rank() == 4
                && (back ? shape.extent(2) % factor == 0 && shape.extent(3) % factor == 0 : shape.extent(1) % square == 0);
        if (!fits) {
            throw new ShapeException("pixel-shuffle at '" + context.path() + "': the input must be [rows, channels, height, width] with "
                    + (back ? "height and width that divide by " + factor : "channels that divide by " + square) + ", but has the shape " + shape);
        }
        int n = shape.extent(0);
        int c = shape.extent(1);
        int h = shape.extent(2);
        int w = shape.extent(3);
        return back
                ? input.reshape(Shape.of(n, c, h / factor, factor, w / factor, factor)).permute(0, 1, 3, 5, 2, 4)
                        .reshape(Shape.of(n, c * square, h / factor, w / factor))
                : input.reshape(Shape.of(n, c / square, factor, factor, h, w)).permute(0, 1, 4, 2, 5, 3)
                        .reshape(Shape.of(n, c / square, h * factor, w * factor));
    }
}
