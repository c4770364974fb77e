package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/** How many steps of each row of a padded batch count. */
public final class Lengths {
    private Lengths() {}

    /**
     * Which steps count, as BOOL [n, time].
     *
     * @param layer for messages
     * @param name of whole numbers [n] or [n, 1]: those of the steps, from the first, that count in each row
     */
    public static Tensor within(String layer, LayerContext context, String name, int rows, int time) {
        Tensor lengths = context.named(name);
        if (lengths.dtype() == DType.BOOL || lengths.shape().size() != rows) {
            throw new ShapeException(layer + " at '" + context.path() + "': '" + name + "' must hold one length for each of the " + rows
                    + " rows, but is " + lengths.dtype() + " " + lengths.shape());
        }
        Tensor whole = lengths.dtype() == DType.INT32 ? lengths : lengths.cast(DType.INT32);
        return whole.range(time).reshape(1, time).less(whole.reshape(Shape.of(rows, 1)));
    }
}
