package org.thalweg.autodiff.layer.spatial;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * The p-norm of a window (Sermanet et al., 2012), {@code (sum of x^p)^(1/p)}, from [n, c, s...] to [n, c, q...] with {@code q = floor((s - size) / stride) + 1}. A
 * sum that is not above 0 gives 0.
 *
 * @param p the power; 1 is the sum, a large one nearly the maximum
 * @param size of the window; one number, or one a spatial axis
 * @param stride from one position of the window to the next; if absent, the size
 * @param ceil whether a last window may hang over the far end, so that q is rounded up
 */
@Description("The p-norm of each window.")
public record NormPool(
        @Description("The power; 1 is the sum, a large one nearly the maximum.") @Positive double p,
        @Description("Extents of the window; one number for all spatial axes, or one for each.") @Min(1) List<Integer> size,
        @Description("Steps of the window; one number, or one for each axis; if absent, the size.") @Min(1) Optional<List<Integer>> stride,
        @Description("Whether a last window may hang over the far end.") @Default("false") boolean ceil)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.numbered("lp-pool", context, input);
        int elements = Sliding.size(axes.each("size", size));
        // A window that hangs over has fewer elements, and its sum is scaled up for them.
        Tensor mean = new AveragePool(size, stride, List.of(0), true, ceil, Optional.empty()).apply(context, input.pow(p));
        return mean.relu().mul(elements).pow(1 / p);
    }
}
