package org.thalweg.autodiff.layer.attention;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Dropout;
import org.thalweg.autodiff.layer.normalization.LayerNorm;

/**
 * What the blocks of encoder and decoder have in common: parts with a shortcut around each and a normalisation before it or after the sum.
 *
 * @param context of the block
 * @param normalizeFirst whether normalisation comes before a part, not after the sum
 * @param dropout in training, after the activation and before each sum
 * @param epsilon of the normalisations
 */
record TransformerBlock(LayerContext context, boolean normalizeFirst, double dropout, double epsilon) {

    /** {@code norm(x + part(x))}, or {@code x + part(norm(x))}. */
    Tensor around(Tensor x, String name, Layer part, String norm) {
        Tensor output = dropped(context.apply(name, part, normalizeFirst ? normalized(norm, x) : x));
        return normalizeFirst ? x.add(output) : normalized(norm, x.add(output));
    }

    /** The same around two dense layers at each place. */
    Tensor aroundFeedForward(Tensor x, int units, Layer activation, String norm) {
        Tensor inner = context.apply("linear1", Dense.of(units), normalizeFirst ? normalized(norm, x) : x);
        Tensor output = dropped(context.apply("linear2", Dense.of(x.shape().extent(-1)), dropped(context.apply("activation", activation, inner))));
        return normalizeFirst ? x.add(output) : normalized(norm, x.add(output));
    }

    private Tensor normalized(String name, Tensor x) {
        return context.apply(name, new LayerNorm(1, epsilon, true), x);
    }

    private Tensor dropped(Tensor x) {
        return new Dropout(dropout).apply(context, x);
    }
}
