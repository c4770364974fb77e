package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;

/** All 0. */
@Description("All 0.")
public record Zeros() implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        return new double[(int) shape.size()];
    }
}
