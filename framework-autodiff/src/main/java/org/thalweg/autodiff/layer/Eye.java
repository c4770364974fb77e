package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;

/** A matrix with 1 on its diagonal and 0 elsewhere; a layer that hands its input on. Further axes count as columns. */
@Description("1 on the diagonal of a matrix, 0 elsewhere.")
public record Eye() implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        double[] values = new double[(int) shape.size()];
        int rows = shape.rank() < 2 ? 1 : shape.extent(0);
        int columns = rows == 0 ? 0 : values.length / rows;
        for (int i = 0; i < Math.min(rows, columns); i++) {
            values[i * columns + i] = 1;
        }
        return values;
    }
}
