package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.layer.spatial.Convolution;
import org.thalweg.autodiff.layer.spatial.MaxPool;
import org.thalweg.autodiff.layer.spatial.Upsample;

class SpatialLayerTest {
    private static final Optional<Initializer> NONE = Optional.empty();

    /** A convolution in groups and two spatial axes as the sum in the definition. */
    @Test
    void aConvolutionIsTheSumOfItsDefinition() {
        int[] x = {2, 4, 6, 5};
        int stride = 2;
        int padding = 1;
        int dilation = 2;
        Convolution layer = new Convolution(
                6, List.of(2, 3), List.of(stride), List.of(padding), List.of(dilation), 2, true, Optional.empty(), NONE, NONE, false, Optional.empty());
        Applied applied = new Applied(layer, Shape.of(x));
        double[] weight = applied.parameter("weight");
        double[] bias = applied.parameter("bias");
        Shape out = applied.output.shape();
        assertEquals(Shape.of(2, 6, 3, 2), out);
        double[] expected = new double[(int) out.size()];
        int at = 0;
        for (int n = 0; n < 2; n++) {
            for (int o = 0; o < 6; o++) {
                for (int i = 0; i < out.extent(2); i++) {
                    for (int j = 0; j < out.extent(3); j++) {
                        double sum = bias[o];
                        for (int c = 0; c < 2; c++) {
                            for (int k = 0; k < 2; k++) {
                                for (int l = 0; l < 3; l++) {
                                    int row = i * stride - padding + k * dilation;
                                    int column = j * stride - padding + l * dilation;
                                    if (row >= 0 && row < x[2] && column >= 0 && column < x[3]) {
                                        int channel = o / 3 * 2 + c;
                                        sum += weight[((o * 2 + c) * 2 + k) * 3 + l]
                                                * applied.input[((n * x[1] + channel) * x[2] + row) * x[3] + column];
                                    }
                                }
                            }
                        }
                        expected[at++] = sum;
                    }
                }
            }
        }
        assertArrayEquals(expected, applied.values(), 1e-12);
    }

    /** With one weight, the sum of y conv(x) is the sum of x transposed(y). */
    @Test
    void aTransposedConvolutionIsTheTransposeOfAConvolution() {
        Map<String, Object> settings = Map.of("size", List.of(3, 2), "stride", List.of(2, 1), "padding", List.of(1, 0), "groups", 2, "bias", false);
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(2, 4, 6, 5), DType.FLOAT64);
        Expression y = context.graph().input("y", Shape.of(2, 6, 3, 4), DType.FLOAT64);
        Expression there = (Expression) layer("conv2d", settings, Map.of("channels", 6)).apply(context, x);
        Expression back = (Expression) layer("conv-transpose2d", settings, Map.of("channels", 4, "outputPadding", List.of(1, 0))).apply(context, y);
        assertEquals(List.of(y.shape(), x.shape()), List.of(there.shape(), back.shape()));
        assertEquals(1, context.parameters().size());

        SplittableRandom random = new SplittableRandom(2);
        context.values().put(x, random.doubles(x.shape().size(), -1, 1).toArray());
        context.values().put(y, random.doubles(y.shape().size(), -1, 1).toArray());
        List<double[]> sums = Evaluation.of(List.of((Expression) there.mul(y).sum(), (Expression) back.mul(x).sum()), context.values());
        assertEquals(sums.get(0)[0], sums.get(1)[0], 1e-12);
    }

    private static Layer layer(String name, Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(some);
        settings.putAll(more);
        return RegisteredLayers.layer(name, settings);
    }

    @Test
    void theLargestMayBeInfiniteAndTheFirstOfEqualsGetsTheGradient() {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(1, 1, 6), DType.FLOAT64);
        Expression y = (Expression) MaxPool.of(3).apply(context, x);
        Expression gradient = Gradients.of((Expression) y.sum(), List.of(x)).getFirst();
        double low = Double.NEGATIVE_INFINITY;
        List<double[]> got = Evaluation.of(List.of(y, gradient), Map.of(x, new double[] {1, 2, 2, low, low, low}));
        assertArrayEquals(new double[] {2, low}, got.get(0));
        assertArrayEquals(new double[] {0, 1, 0, 1, 0, 0}, got.get(1));
    }

    @Test
    void poolsTakeTheMeansOfTheirParts() {
        double[] line = {1, 2, 3, 4, 5};
        assertArrayEquals(new double[] {2, 4}, values(RegisteredLayers.layer("adaptive-avg-pool1d", Map.of("size", List.of(2))), line));
        assertArrayEquals(new double[] {3}, values(RegisteredLayers.layer("global-avg-pool", Map.of()), line));
        assertArrayEquals(new double[] {5}, values(RegisteredLayers.layer("global-max-pool", Map.of()), line));
        Map<String, Object> padded = Map.of("size", List.of(3), "padding", List.of(1), "stride", List.of(2));
        assertArrayEquals(new double[] {1, 3, 3}, values(RegisteredLayers.layer("avg-pool1d", padded), line));
        assertArrayEquals(new double[] {1.5, 3, 4.5}, values(layer("avg-pool1d", padded, Map.of("countPadding", false)), line));
    }

    @Test
    void paddingIsExactAroundAnyInput() {
        double nan = Double.NaN;
        assertArrayEquals(
                new double[] {0.1, 1e300, nan, 0.1, 0.1},
                values(RegisteredLayers.layer("pad", Map.of("before", List.of(1), "after", List.of(2), "value", 0.1)), 1e300, nan));
    }

    @Test
    void upsamplingRepeatsOrDrawsLines() {
        assertArrayEquals(new double[] {1, 1, 3, 3}, values(Upsample.of(2, Upsample.Mode.NEAREST), 1, 3));
        assertArrayEquals(new double[] {1, 1.5, 2.5, 3}, values(Upsample.of(2, Upsample.Mode.LINEAR), 1, 3));
    }

    @Test
    void mistakesAreOneSentenceWithLayerPathAndShapes() {
        Shape image = Shape.of(2, 3, 8, 8);
        assertEquals(
                "conv2d at '4': the input must be [rows, channels, 2 spatial axes], but has the shape [2, 28, 28]",
                mistake("conv2d", Map.of("channels", 3, "size", List.of(3)), Shape.of(2, 28, 28)));
        assertEquals(
                "conv2d at '4': the channels must divide into 2 groups, but there are 3 in the input [2, 3, 8, 8] and 4 in the output",
                mistake("conv2d", Map.of("channels", 4, "size", List.of(3), "groups", 2), image));
        assertEquals(
                "conv2d at '4': a window of [9, 9] with padding [0, 0] and dilation [1, 1] does not fit into the input [2, 3, 8, 8]",
                mistake("conv2d", Map.of("channels", 4, "size", List.of(9)), image));
        assertEquals(
                "max-pool2d at '4': size must be one number, or one for each of the 2 spatial axes of [2, 3, 8, 8], but is [1, 2, 3]",
                mistake("max-pool2d", Map.of("size", List.of(1, 2, 3)), image));
        assertEquals(
                "avg-pool2d at '4': the padding must be at most half the size, but they are [2, 2] and [3, 3]",
                mistake("avg-pool2d", Map.of("size", List.of(3), "padding", List.of(2)), image));
        assertEquals(
                "conv-transpose2d at '4': outputPadding must be below the stride, but they are [1, 1] and [1, 1]",
                mistake("conv-transpose2d", Map.of("channels", 4, "size", List.of(3), "outputPadding", List.of(1)), image));
        assertEquals(
                "global-avg-pool at '4': the input must be [rows, channels, spatial axes...], but has the shape [2, 3]",
                mistake("global-avg-pool", Map.of(), Shape.of(2, 3)));
    }

    private static String mistake(String name, Map<String, Object> settings, Shape shape) {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", shape, DType.FLOAT64);
        return assertThrows(ShapeException.class, () -> context.apply("4", RegisteredLayers.layer(name, settings), x)).getMessage();
    }

    /** What a layer makes of one channel of one row. */
    private static double[] values(Layer layer, double... line) {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(1, 1, line.length), DType.FLOAT64);
        return Evaluation.of(List.of((Expression) layer.apply(context, x)), Map.of(x, line)).getFirst();
    }

    /** A layer applied to random numbers. */
    private static final class Applied {
        final TracedContext context = TracedContext.of(true);
        final double[] input;
        final Expression output;

        Applied(Layer layer, Shape shape) {
            input = new SplittableRandom(1).doubles(shape.size(), -1, 1).toArray();
            Expression x = context.graph().input("x", shape, DType.FLOAT64);
            output = (Expression) layer.apply(context, x);
            context.values().put(x, input);
        }

        double[] parameter(String name) {
            return context.values().get(context.parameters().get(name));
        }

        double[] values() {
            return Evaluation.of(List.of(output), context.values()).getFirst();
        }
    }
}
