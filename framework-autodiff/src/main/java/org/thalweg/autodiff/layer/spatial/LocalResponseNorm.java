package org.thalweg.autodiff.layer.spatial;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Local response normalisation (Krizhevsky et al., 2012): {@code x / (k + alpha / size * sum of x^2 over size channels around)^beta} of [n, c, s...]; the shape stays.
 *
 * @param size how many channels count, {@code size / 2} of them before
 * @param alpha the weight of their mean square
 * @param beta the power
 * @param k added to the mean square
 */
@Description("Divides by a power of the mean square of the channels around.")
public record LocalResponseNorm(
        @Description("Number of channels around that count.") @Min(1) int size,
        @Description("Weight of their mean square.") @Default("0.0001") double alpha,
        @Description("The power.") @Default("0.75") double beta,
        @Description("Added to the mean square.") @Default("1") double k)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        int channels = Axes.of("local-response-norm", context, input, 3).input().shape().extent(1);
        Tensor squares = input.square().pad(1, size / 2, (size - 1) / 2);
        Tensor sum = squares.slice(1, 0, channels);
        for (int i = 1; i < size; i++) {
            sum = sum.add(squares.slice(1, i, i + channels));
        }
        return input.div(sum.mul(alpha / size).add(k).pow(beta));
    }
}
