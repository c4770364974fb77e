package org.thalweg.autodiff.layer.attention;

import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Adds waves of many lengths that tell the places of a sequence apart (Vaswani et al., 2017): to feature 2i at place t
 * {@code sin(t / base^(2i / features))}, to feature 2i + 1 the cosine of the same; from [n, time, features] to the same.
 *
 * @param base how much longer the longest wave is than the shortest
 */
@Description("Adds sines and cosines of the place to a sequence.")
public record SinusoidalPositions(
        @Description("How much longer the longest wave is than the shortest.") @Default("10000") @Positive double base)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() != 3) {
            throw new ShapeException("sinusoidal-positions at '" + context.path() + "': the input must be [rows, time, features], but has the shape " + shape);
        }
        int time = shape.extent(1);
        int features = shape.extent(2);
        int waves = (features + 1) / 2;
        double[] frequencies = IntStream.range(0, waves).mapToDouble(i -> Math.pow(base, -2.0 * i / features)).toArray();
        Tensor angles = input.range(time).cast(input.dtype()).reshape(time, 1).mul(input.constants(frequencies)).reshape(time, waves, 1);
        Tensor positions = angles.sin().concat(2, List.of(angles.cos())).reshape(time, 2 * waves).slice(1, 0, features);
        return input.add(positions);
    }
}
