package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;

/**
 * A convolution [out, in, size...] that hands its input channels on: 1 in the middle of the window where input and output channel have the same number, 0 elsewhere.
 *
 * @param groups in each of which the output channels are numbered from 0
 */
@Description("A convolution that hands its channels on.")
public record Dirac(
        @Description("Number of groups, in each of which the output channels are numbered anew.") @Default("1") @Min(1) int groups)
        implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        double[] values = new double[(int) shape.size()];
        if (shape.rank() < 2 || values.length == 0) {
            return values;
        }
        Shape window = shape.sub(2, shape.rank());
        int middle = 0;
        for (int extent : window.toArray()) {
            middle = middle * extent + extent / 2;
        }
        int outputs = shape.extent(0) / groups;
        for (int out = 0; out < outputs * groups; out++) {
            int in = out % outputs;
            if (in < shape.extent(1)) {
                values[(out * shape.extent(1) + in) * (int) window.size() + middle] = 1;
            }
        }
        return values;
    }
}
