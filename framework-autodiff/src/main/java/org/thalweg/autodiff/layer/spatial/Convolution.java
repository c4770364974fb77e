package org.thalweg.autodiff.layer.spatial;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.tensor.Window;
import org.thalweg.autodiff.layer.Uniform;

/**
 * Convolution (LeCun et al., 1989), as a cross-correlation: {@code y[n, o, p] = b[o] + sum over c, k of W[o, c, k] x[n, c, p * stride - padding + k * dilation]},
 * from [n, in, s...] to [n, channels, p...] with {@code p = floor((s + 2 padding - dilation (size - 1) - 1) / stride) + 1}. Its parameters have
 * PyTorch's layout: {@code weight} [channels, in / groups, size...] and {@code bias} [channels].
 *
 * @param channels the number of channels that come out; a multiple of the groups
 * @param size of the window; one number, or one a spatial axis
 * @param stride from one position of the window to the next
 * @param padding zeros added at both ends of each spatial axis
 * @param dilation from one element of the window to the next
 * @param groups the channels fall into so many parts, and each part of the output sees one part of the input only
 * @param bias whether there is a b
 * @param activation applied last, its path is {@code activation}; if absent, nothing
 * @param weightInitializer if absent, uniform within {@code 1 / sqrt(in / groups * size)} of 0, as in PyTorch
 * @param biasInitializer if absent, the same
 * @param same whether to pad so that the extents stay, one more at the far end where the number is odd; for stride 1
 * @param paddingMode what the padding holds; if absent, zeros
 */
@Description("A window slides over the spatial axes; each output channel is a weighted sum of what it sees.")
public record Convolution(
        @Description("Number of output channels.") @Min(1) int channels,
        @Description("Extents of the window; one number for all spatial axes, or one for each.") @Min(1) List<Integer> size,
        @Description("Steps of the window; one number, or one for each axis.") @Default("[1]") @Min(1) List<Integer> stride,
        @Description("Zeros at both ends; one number, or one for each axis.") @Default("[0]") @Min(0) List<Integer> padding,
        @Description("Distance of the window's elements; one number, or one for each axis.") @Default("[1]") @Min(1) List<Integer> dilation,
        @Description("Number of parts into which the channels fall.") @Default("1") @Min(1) int groups,
        @Description("Whether to add a learned bias.") @Default("true") boolean bias,
        @Description("A layer applied to the result, as relu; if absent, none.") Optional<Layer> activation,
        @Description("How the weight starts; if absent, uniform within 1 / sqrt(inputs of an output) of 0.") Optional<Initializer> weightInitializer,
        @Description("How the bias starts; if absent, uniform within 1 / sqrt(inputs of an output) of 0.") Optional<Initializer> biasInitializer,
        @Description("Whether to pad so that the extents stay, which needs stride 1; padding does not count then.") @Default("false") boolean same,
        @Description("What the padding holds: reflect mirrors, replicate repeats the last, circular goes on at the other end; if absent, zeros.")
                Optional<Border> paddingMode)
        implements Layer {

    /** Every position, with zeros around so that an odd window keeps the extents; with bias and PyTorch's initial values. */
    public static Convolution of(int channels, int size) {
        return new Convolution(channels, List.of(size), List.of(1), List.of(size / 2), List.of(1), 1, true, Optional.empty(), Optional.empty(),
                Optional.empty(), false, Optional.empty());
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.numbered("conv", context, input);
        int inputs = input.shape().extent(1);
        if (inputs % groups != 0 || channels % groups != 0) {
            throw axes.mistake("the channels must divide into " + groups + " groups, but there are " + inputs + " in the input " + input.shape()
                    + " and " + channels + " in the output");
        }
        Window window = new Window(
                axes.each("size", size), axes.each("stride", stride), axes.each("padding", padding), axes.each("dilation", dilation));
        int fan = inputs / groups * Sliding.size(window.size());
        double bound = 1 / Math.sqrt(Math.max(1, fan));
        Initializer near = new Uniform(-bound, bound);

        Tensor weight = context.parameter("weight", Axes.join(Shape.of(channels, inputs / groups), window.size()), weightInitializer.orElse(near));
        boolean plain = !same && paddingMode.isEmpty();
        Tensor x = plain ? input : extended(axes, window);
        Window inside = plain ? window : unpadded(window);
        new Axes(axes.place(), x, x.shape().sub(2, x.shape().rank())).requireFits(inside);
        Tensor output = x.convolution(weight, inside, groups);
        if (bias) {
            Shape perChannel = Axes.join(Shape.of(channels), Collections.nCopies(axes.count(), 1));
            output = output.add(context.parameter("bias", Shape.of(channels), biasInitializer.orElse(near)).reshape(perChannel));
        }
        return activation.isPresent() ? context.apply("activation", activation.get(), output) : output;
    }

    /** The input with its padding around. */
    private Tensor extended(Axes axes, Window window) {
        Tensor x = axes.input();
        for (int axis = 0; axis < axes.count(); axis++) {
            int reach = window.dilation().get(axis) * (window.size().get(axis) - 1);
            if (same && window.stride().get(axis) != 1) {
                throw axes.mistake("same keeps the extents with stride 1 only, but the stride is " + window.stride());
            }
            int before = same ? reach / 2 : window.padding().get(axis);
            int after = same ? reach - before : before;
            x = paddingMode.isPresent() ? paddingMode.get().extend(axes, x, axis + 2, before, after) : x.pad(axis + 2, before, after);
        }
        return x;
    }

    private static Window unpadded(Window window) {
        return new Window(window.size(), window.stride(), Collections.nCopies(window.axes(), 0), window.dilation());
    }
}
