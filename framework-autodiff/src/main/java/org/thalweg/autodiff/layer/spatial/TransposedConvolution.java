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
 * The transpose of a {@link Convolution} as a linear map (Zeiler et al., 2010), which enlarges: every element of the input is spread over a window of the output, from
 * [n, in, s...] to [n, channels, p...] with {@code p = (s - 1) stride - 2 padding + dilation (size - 1) + outputPadding + 1}. Its parameters have
 * PyTorch's layout: {@code weight} [in, channels / groups, size...] and {@code bias} [channels].
 *
 * @param channels the number of channels that come out; a multiple of the groups
 * @param size of the window; one number, or one a spatial axis
 * @param stride from one position of the window to the next
 * @param padding elements taken off at both ends of each spatial axis
 * @param outputPadding elements more at the far end; less than the stride
 * @param dilation from one element of the window to the next
 * @param groups the channels fall into so many parts, and each part of the output sees one part of the input only
 * @param bias whether there is a b
 * @param weightInitializer if absent, uniform within {@code 1 / sqrt(channels / groups * size)} of 0, as in PyTorch
 * @param biasInitializer if absent, the same
 */
@Description("Spreads every element over a window of a larger output: a convolution turned round.")
public record TransposedConvolution(
        @Description("Number of output channels.") @Min(1) int channels,
        @Description("Extents of the window; one number for all spatial axes, or one for each.") @Min(1) List<Integer> size,
        @Description("Steps of the window; one number, or one for each axis.") @Default("[1]") @Min(1) List<Integer> stride,
        @Description("Elements taken off at both ends; one number, or one for each axis.") @Default("[0]") @Min(0) List<Integer> padding,
        @Description("Elements more at the far end, below the stride; one number, or one for each axis.") @Default("[0]") @Min(0)
                List<Integer> outputPadding,
        @Description("Distance of the window's elements; one number, or one for each axis.") @Default("[1]") @Min(1) List<Integer> dilation,
        @Description("Number of parts into which the channels fall.") @Default("1") @Min(1) int groups,
        @Description("Whether to add a learned bias.") @Default("true") boolean bias,
        @Description("How the weight starts; if absent, uniform within 1 / sqrt(channels / groups * size) of 0.")
                Optional<Initializer> weightInitializer,
        @Description("How the bias starts; if absent, uniform within 1 / sqrt(channels / groups * size) of 0.") Optional<Initializer> biasInitializer)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.numbered("conv-transpose", context, input);
        int inputs = input.shape().extent(1);
        if (inputs % groups != 0 || channels % groups != 0) {
            throw axes.mistake("the channels must divide into " + groups + " groups, but there are " + inputs + " in the input " + input.shape()
                    + " and " + channels + " in the output");
        }
        Window window = new Window(
                axes.each("size", size), axes.each("stride", stride), axes.each("padding", padding), axes.each("dilation", dilation));
        Shape spatial = enlarged(axes, window);
        int fan = channels / groups * Sliding.size(window.size());
        double bound = 1 / Math.sqrt(Math.max(1, fan));
        Initializer near = new Uniform(-bound, bound);

        Tensor weight = context.parameter("weight", Axes.join(Shape.of(inputs, channels / groups), window.size()), weightInitializer.orElse(near));
        Tensor output = input.convolutionTransposed(weight, window, groups, spatial);
        if (!bias) {
            return output;
        }
        Shape perChannel = Axes.join(Shape.of(channels), Collections.nCopies(axes.count(), 1));
        return output.add(context.parameter("bias", Shape.of(channels), biasInitializer.orElse(near)).reshape(perChannel));
    }

    private Shape enlarged(Axes axes, Window window) {
        List<Integer> more = axes.each("outputPadding", outputPadding);
        Shape spatial = Shape.scalar();
        for (int axis = 0; axis < axes.count(); axis++) {
            if (more.get(axis) >= window.stride().get(axis)) {
                throw axes.mistake("outputPadding must be below the stride, but they are " + more + " and " + window.stride());
            }
            int extent = (axes.spatial().extent(axis) - 1) * window.stride().get(axis) - 2 * window.padding().get(axis)
                    + window.dilation().get(axis) * (window.size().get(axis) - 1) + more.get(axis) + 1;
            if (extent < 1 || axes.spatial().extent(axis) < 1) {
                throw axes.mistake("the padding " + window.padding() + " leaves nothing of the output for the input " + axes.input().shape());
            }
            spatial = spatial.append(extent);
        }
        return spatial;
    }
}
