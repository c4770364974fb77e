package org.thalweg.autodiff.layer;

import java.util.Arrays;
import java.util.Optional;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * A learned vector for each number 0, 1, ..., from INT32 [...] to [..., units]. The parameter {@code weight} is [vocabulary, units].
 *
 * @param vocabulary how many numbers there are
 * @param units the length of the vectors
 * @param paddingIndex a number whose vector starts at 0 and is not trained; if absent, none
 * @param weightInitializer if absent, normal with standard deviation 1, as in PyTorch
 */
@Description("A learned vector for each whole number.")
public record Embedding(
        @Description("How many numbers there are; they go from 0 up to one less.") @Min(1) int vocabulary,
        @Description("Length of the vectors.") @Min(1) int units,
        @Description("A number whose vector is 0 and stays so; if absent, none.") @Min(0) Optional<Integer> paddingIndex,
        @Description("How the vectors start; if absent, normal with standard deviation 1.") Optional<Initializer> weightInitializer)
        implements Layer {

    /** Checks that the padding is one of the numbers. */
    public Embedding {
        if (paddingIndex.isPresent() && paddingIndex.get() >= vocabulary) {
            throw new IllegalArgumentException("paddingIndex must be below vocabulary, but they are " + paddingIndex.get() + " and " + vocabulary);
        }
    }

    /** Without padding, with PyTorch's initial values. */
    public static Embedding of(int vocabulary, int units) {
        return new Embedding(vocabulary, units, Optional.empty(), Optional.empty());
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        if (input.dtype() != DType.INT32) {
            throw new ShapeException("embedding at '" + context.path() + "': the input must be whole numbers (INT32), but is " + input.dtype() + " "
                    + input.shape());
        }
        Initializer initializer = weightInitializer.orElse(new Normal(0, 1));
        Tensor vectors = context.parameter("weight", Shape.of(vocabulary, units), (shape, random) -> {
            double[] values = initializer.values(shape, random);
            paddingIndex.ifPresent(row -> Arrays.fill(values, row * units, (row + 1) * units, 0));
            return values;
        }).gather(input);
        if (paddingIndex.isEmpty()) {
            return vectors;
        }
        Tensor padding = input.reshape(input.shape().append(1)).equal(input.constant(paddingIndex.get()));
        return padding.where(vectors.stopGradient(), vectors);
    }
}
