package org.thalweg.autodiff.layer.spatial;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * The mean of a window, from [n, c, s...] to [n, c, p...] with {@code p = floor((s + 2 padding - size) / stride) + 1}.
 *
 * @param size of the window; one number, or one a spatial axis
 * @param stride from one position of the window to the next; if absent, the size
 * @param padding zeros added at both ends of each spatial axis; at most half the size
 * @param countPadding whether the zeros outside count in the mean
 * @param ceil whether a last window may hang over the far end, so that p is rounded up
 * @param divisor of each sum; if absent, the number of elements that count
 */
@Description("The mean of each window.")
public record AveragePool(
        @Description("Extents of the window; one number for all spatial axes, or one for each.") @Min(1) List<Integer> size,
        @Description("Steps of the window; one number, or one for each axis; if absent, the size.") @Min(1) Optional<List<Integer>> stride,
        @Description("Zeros added at both ends; one number, or one for each axis.") @Default("[0]") @Min(0) List<Integer> padding,
        @Description("Whether the zeros outside count in the mean.") @Default("true") boolean countPadding,
        @Description("Whether a last window may hang over the far end; what it hangs over does not count.") @Default("false") boolean ceil,
        @Description("What a sum is divided by instead of the number of elements; if absent, that.") @Min(1) Optional<Integer> divisor)
        implements Layer {

    /** Windows side by side. */
    public static AveragePool of(int size) {
        return new AveragePool(List.of(size), Optional.empty(), List.of(0), true, false, Optional.empty());
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        PoolWindow pool = PoolWindow.of(Axes.numbered("avg-pool", context, input), size, stride, padding, List.of(1), ceil, 0);
        Sliding sliding = Sliding.over(pool.axes(), pool.window(), 0);
        Tensor sum = sliding.output(sliding.seen().sum(1), input.shape().extent(1));
        if (divisor.isPresent()) {
            return sum.div(divisor.get());
        }
        double[] counts = pool.counts(countPadding);
        boolean same = Arrays.stream(counts).distinct().count() == 1;
        return sum.div(same ? sum.constant(counts[0]) : sum.constants(counts).reshape(sliding.positions()));
    }
}
