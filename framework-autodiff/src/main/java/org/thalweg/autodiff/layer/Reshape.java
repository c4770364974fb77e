package org.thalweg.autodiff.layer;

import java.util.List;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The same elements in another shape; the rows stay: from [n, ...] to [n, extents...].
 *
 * @param extents of a row; one may be -1 and is worked out
 */
@Description("The elements of each row in another shape.")
public record Reshape(
        @Description("Extents of a row; one may be -1 and is worked out, as in [1, 28, 28].") @Min(-1) List<Integer> extents)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        long open = extents.stream().filter(extent -> extent == -1).count();
        long known = extents.stream().filter(extent -> extent != -1).mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        long row = shape.rank() == 0 ? 0 : shape.without(0).size();
        boolean fits = shape.rank() > 0 && (open == 0 ? row == known : open == 1 && known > 0 && row % known == 0);
        if (!fits) {
            throw new ShapeException("reshape at '" + context.path() + "': the rows of " + shape + " do not have the elements of " + extents);
        }
        Shape target = Shape.of(shape.extent(0));
        for (int extent : extents) {
            target = target.append(extent == -1 ? (int) (row / known) : extent);
        }
        return input.reshape(target);
    }
}
