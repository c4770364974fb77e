package org.thalweg.autodiff.layer.attention;

import java.util.Optional;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.Lengths;

/**
 * Which places another place sees.
 *
 * @param causal whether only itself and those before it
 * @param lengths names how many places of each row there are
 * @param mask names a tensor that hides places or changes scores
 */
record Visibility(boolean causal, Optional<String> lengths, Optional<String> mask) {
    /** Below every score that is computed, yet finite: the softmax of a row that sees nothing must not be NaN, since 0 times NaN reaches all gradients. */
    private static final double HIDDEN = -1e30;

    /** The softmax of scores [n, heads, t, s] over what is seen; 0 elsewhere, and for a place that sees nothing. */
    Tensor weights(LayerContext context, Tensor scores) {
        Shape shape = scores.shape();
        Tensor changed = scores;
        Tensor hidden = null;
        if (causal) {
            hidden = scores.range(shape.extent(2)).reshape(Shape.of(shape.extent(2), 1)).less(scores.range(shape.extent(3)));
        }
        if (lengths.isPresent()) {
            Tensor within = Lengths.within("multi-head-attention", context, lengths.get(), shape.extent(0), shape.extent(3));
            hidden = either(hidden, within.not().reshape(Shape.of(shape.extent(0), 1, 1, shape.extent(3))));
        }
        if (mask.isPresent()) {
            Tensor given = mask(context, shape);
            if (given.dtype().isFloating()) {
                Tensor infinite = given.equal(Double.NEGATIVE_INFINITY);
                hidden = either(hidden, infinite);
                changed = scores.add(infinite.where(given.constant(0), given));
            } else {
                hidden = either(hidden, given.dtype() == DType.BOOL ? given : given.notEqual(0));
            }
        }
        if (hidden == null) {
            return scores.softmax(-1);
        }
        Tensor weights = hidden.where(scores.constant(HIDDEN), changed).softmax(-1);
        // Only a causal mask never hides all.
        return lengths.isEmpty() && mask.isEmpty() ? weights : hidden.where(scores.constant(0), weights);
    }

    private Tensor mask(LayerContext context, Shape scores) {
        Tensor given = context.named(mask.get());
        Shape one = Shape.of(scores.extent(2), scores.extent(3));
        if (given.shape().equals(one)) {
            return given;
        }
        if (!given.shape().equals(one.prepend(scores.extent(0)))) {
            throw new ShapeException("multi-head-attention at '" + context.path() + "': the mask '" + mask.get() + "' must have the shape " + one + " or "
                    + one.prepend(scores.extent(0)) + ", but has " + given.shape());
        }
        return given.reshape(Shape.of(scores.extent(0), 1, scores.extent(2), scores.extent(3)));
    }

    private static Tensor either(Tensor first, Tensor second) {
        return first == null ? second : first.or(second);
    }
}
