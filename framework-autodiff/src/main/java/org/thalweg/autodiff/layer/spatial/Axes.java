package org.thalweg.autodiff.layer.spatial;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.tensor.Window;

/**
 * The spatial axes of one layer's input.
 *
 * @param place the layer and its path, for messages
 * @param input [n, channels, spatial axes...]
 * @param spatial the extents of the spatial axes
 */
record Axes(String place, Tensor input, Shape spatial) {

    /** The axes of an input that must have one to {@code most} of them. */
    static Axes of(String layer, LayerContext context, Tensor input, int most) {
        String place = layer + " at '" + context.path() + "'";
        int rank = input.shape().rank();
        if (rank < 3 || rank > most + 2) {
            throw new ShapeException(place + ": the input must be [rows, channels, spatial axes...], but has the shape " + input.shape());
        }
        return new Axes(place, input, input.shape().sub(2, rank));
    }

    /** The same for a layer that is registered once for each number of axes, as {@code conv2d} of the family {@code conv}. */
    static Axes numbered(String family, LayerContext context, Tensor input) {
        int count = of(family, context, input, 3).count();
        return of(family + count + "d", context, input, 3);
    }

    int count() {
        return spatial.rank();
    }

    /** The axes' numbers in the input: 2, 3 ... */
    int[] numbers() {
        return IntStream.range(2, 2 + count()).toArray();
    }

    /** A setting as one number an axis. */
    <T> List<T> each(String setting, List<T> numbers) {
        if (numbers.size() == 1) {
            return Collections.nCopies(count(), numbers.getFirst());
        }
        if (numbers.size() != count()) {
            throw mistake(setting + " must be one number, or one for each of the " + count() + " spatial axes of " + input.shape() + ", but is "
                    + numbers);
        }
        return numbers;
    }

    /** The positions of a window that must fit into the input. */
    Shape requireFits(Window window) {
        Shape positions = Shape.scalar();
        for (int axis = 0; axis < count(); axis++) {
            int count = window.positions(axis, spatial.extent(axis));
            if (count < 1) {
                throw mistake("a window of " + window.size() + " with padding " + window.padding() + " and dilation " + window.dilation()
                        + " does not fit into the input " + input.shape());
            }
            positions = positions.append(count);
        }
        return positions;
    }

    ShapeException mistake(String what) {
        return new ShapeException(place + ": " + what);
    }

    /** The shape with these axes first, and those after. */
    static Shape join(Shape first, Shape second) {
        Shape joined = first;
        for (int extent : second.toArray()) {
            joined = joined.append(extent);
        }
        return joined;
    }

    static Shape join(Shape first, List<Integer> second) {
        return join(first, Shape.of(second.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** From [channels, n, positions...] to [n, channels, positions...] and back. */
    static Tensor swapFirstTwo(Tensor x) {
        int[] order = IntStream.range(0, x.shape().rank()).toArray();
        order[0] = 1;
        order[1] = 0;
        return x.permute(order);
    }
}
