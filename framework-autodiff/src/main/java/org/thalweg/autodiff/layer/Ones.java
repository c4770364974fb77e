package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;

/** All 1. */
@Description("All 1.")
public record Ones() implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        return new Constant(1).values(shape, random);
    }
}
