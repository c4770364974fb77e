package org.thalweg.autodiff.layer.spatial;

import java.util.List;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.tensor.Window;

/**
 * What a window sees at all its positions, as [channels, size, n * positions].
 *
 * @param seen the elements
 * @param rows n
 * @param positions the extents of the output's spatial axes
 */
record Sliding(Tensor seen, int rows, Shape positions) {

    static Sliding over(Axes axes, Window window, double outside) {
        Shape shape = axes.input().shape();
        Shape positions = axes.requireFits(window);
        int size = size(window.size());
        int columns = Math.multiplyExact(shape.extent(0), (int) positions.size());
        Tensor seen = axes.input().unfold(window, outside).reshape(Shape.of(shape.extent(1), size, columns));
        return new Sliding(seen, shape.extent(0), positions);
    }

    static int size(List<Integer> extents) {
        return extents.stream().reduce(1, Math::multiplyExact);
    }

    /** From a value for each channel and position, in the order of {@link #seen}, to [n, channels, positions...]. */
    Tensor output(Tensor values, int channels) {
        return Axes.swapFirstTwo(values.reshape(Axes.join(Shape.of(channels, rows), positions)));
    }
}
