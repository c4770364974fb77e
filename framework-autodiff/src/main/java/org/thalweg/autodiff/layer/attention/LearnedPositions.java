package org.thalweg.autodiff.layer.attention;

import java.util.Optional;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.Normal;

/**
 * Adds a learned vector for each place of a sequence (Gehring et al., 2017); from [n, time, features] to the same. The parameter {@code weight} is
 * [length, features].
 *
 * @param length of the longest sequence
 * @param initializer if absent, normal with standard deviation 0.02
 */
@Description("Adds a learned vector for each place to a sequence.")
public record LearnedPositions(
        @Description("Length of the longest sequence.") @Min(1) int length,
        @Description("How the vectors start; if absent, normal with standard deviation 0.02.") Optional<Initializer> initializer)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() != 3 || shape.extent(1) > length) {
            throw new ShapeException("learned-positions at '" + context.path() + "': the input must be [rows, time, features] with at most " + length
                    + " steps, but has the shape " + shape);
        }
        Tensor weight = context.parameter("weight", Shape.of(length, shape.extent(2)), initializer.orElse(new Normal(0, 0.02)));
        return input.add(weight.slice(0, 0, shape.extent(1)));
    }
}
