package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.GradientCheck;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;

/** Every registered layer: the shape of its output, and its gradients by input and parameters against differences. */
class LayerGradientTest {
    private record Case(String layer, Map<String, Object> settings, Shape input, Shape output) {
        @Override
        public String toString() {
            return layer + " " + settings + " of " + input;
        }
    }

    private static Case of(String layer, Map<String, Object> settings, Shape input, Shape output) {
        return new Case(layer, settings, input, output);
    }

    private static Case keeping(String layer, Shape shape) {
        return new Case(layer, Map.of(), shape, shape);
    }

    private static Case keeping(String layer, Map<String, Object> settings, Shape shape) {
        return new Case(layer, settings, shape, shape);
    }

    private static final Shape MATRIX = Shape.of(3, 4);
    private static final Shape SEQUENCE = Shape.of(2, 3, 4);
    private static final Shape LINE = Shape.of(2, 4, 7);
    private static final Shape IMAGE = Shape.of(2, 4, 5, 4);
    private static final Shape VOLUME = Shape.of(1, 2, 3, 4, 3);

    private static final List<Case> CASES = List.of(
            of("dense", Map.of("units", 5), MATRIX, Shape.of(3, 5)),
            of("embedding", Map.of("vocabulary", 3, "units", 2), MATRIX, Shape.of(3, 4, 2)),
            of("flatten", Map.of(), SEQUENCE, Shape.of(2, 12)),
            of("reshape", Map.of("extents", List.of(2, -1)), SEQUENCE, Shape.of(2, 2, 6)),
            of("permute", Map.of("axes", List.of(2, 0, 1)), SEQUENCE, Shape.of(4, 2, 3)),
            keeping("dropout", MATRIX),
            keeping("spatial-dropout", IMAGE),
            keeping("alpha-dropout", IMAGE),
            of("sequential", Map.of("layers", List.of("tanh", Map.of("type", "dense", "units", 2))), MATRIX, Shape.of(3, 2)),
            keeping("residual", Map.of("layer", "tanh"), MATRIX),
            keeping("graph", Map.of("nodes", Map.of("joined", Map.of("from", "input", "layer", List.of("tanh", Map.of("type", "input", "name", "input"))))),
                    MATRIX),
            of("parallel", Map.of("branches", Map.of("a", "tanh", "b", Map.of("type", "dense", "units", 2))), MATRIX, Shape.of(3, 6)),
            keeping("parallel", Map.of("branches", Map.of("a", "tanh", "b", "sigmoid"), "combine", "sum"), MATRIX),
            keeping("parallel", Map.of("branches", Map.of("a", "tanh", "b", "sigmoid"), "combine", "product"), MATRIX),

            of("conv1d", Map.of("channels", 6, "size", List.of(3), "groups", 2), LINE, Shape.of(2, 6, 5)),
            of("conv2d", Map.of("channels", 3, "size", List.of(3, 2), "stride", List.of(2, 1), "padding", List.of(1)), IMAGE, Shape.of(2, 3, 3, 5)),
            of("conv2d", Map.of("channels", 2, "size", List.of(1), "activation", "tanh", "bias", false), IMAGE, Shape.of(2, 2, 5, 4)),
            of("conv3d", Map.of("channels", 3, "size", List.of(2), "dilation", List.of(1, 2, 1)), VOLUME, Shape.of(1, 3, 2, 2, 2)),
            of("conv-transpose1d", Map.of("channels", 6, "size", List.of(3), "groups", 2), LINE, Shape.of(2, 6, 9)),
            of("conv-transpose2d", Map.of("channels", 3, "size", List.of(3, 2), "stride", List.of(2), "padding", List.of(1), "outputPadding",
                    List.of(1, 0)), IMAGE, Shape.of(2, 3, 10, 6)),
            of("conv-transpose3d", Map.of("channels", 1, "size", List.of(2), "bias", false), VOLUME, Shape.of(1, 1, 4, 5, 4)),
            of("max-pool1d", Map.of("size", List.of(3), "stride", List.of(2), "padding", List.of(1)), LINE, Shape.of(2, 4, 4)),
            of("max-pool2d", Map.of("size", List.of(2), "dilation", List.of(2, 1)), IMAGE, Shape.of(2, 4, 2, 2)),
            of("max-pool3d", Map.of("size", List.of(2), "stride", List.of(1)), VOLUME, Shape.of(1, 2, 2, 3, 2)),
            of("avg-pool1d", Map.of("size", List.of(3)), LINE, Shape.of(2, 4, 2)),
            of("avg-pool2d", Map.of("size", List.of(3), "padding", List.of(1), "countPadding", false), IMAGE, Shape.of(2, 4, 2, 2)),
            of("avg-pool3d", Map.of("size", List.of(2), "stride", List.of(1)), VOLUME, Shape.of(1, 2, 2, 3, 2)),
            of("adaptive-avg-pool1d", Map.of("size", List.of(3)), LINE, Shape.of(2, 4, 3)),
            of("adaptive-avg-pool2d", Map.of("size", List.of(2, 6)), IMAGE, Shape.of(2, 4, 2, 6)),
            of("adaptive-avg-pool3d", Map.of(), VOLUME, Shape.of(1, 2, 1, 1, 1)),
            of("avg-pool2d", Map.of("size", List.of(3), "stride", List.of(2), "padding", List.of(1), "ceil", true), IMAGE, Shape.of(2, 4, 3, 3)),
            of("max-pool2d", Map.of("size", List.of(2), "ceil", true), IMAGE, Shape.of(2, 4, 3, 2)),
            of("lp-pool1d", Map.of("size", List.of(3), "p", 2, "ceil", true), LINE, Shape.of(2, 4, 3)),
            of("lp-pool2d", Map.of("size", List.of(2), "p", 2, "stride", List.of(1)), IMAGE, Shape.of(2, 4, 4, 3)),
            of("lp-pool3d", Map.of("size", List.of(2), "p", 4), VOLUME, Shape.of(1, 2, 1, 2, 1)),
            of("adaptive-max-pool1d", Map.of("size", List.of(3)), LINE, Shape.of(2, 4, 3)),
            of("adaptive-max-pool2d", Map.of("size", List.of(2, 0)), IMAGE, Shape.of(2, 4, 2, 4)),
            of("adaptive-max-pool3d", Map.of(), VOLUME, Shape.of(1, 2, 1, 1, 1)),
            of("conv2d", Map.of("channels", 2, "size", List.of(2, 3), "same", true, "paddingMode", "reflect"), IMAGE, Shape.of(2, 2, 5, 4)),
            of("conv1d", Map.of("channels", 2, "size", List.of(3), "padding", List.of(2), "paddingMode", "circular"), LINE, Shape.of(2, 2, 9)),
            of("pad", Map.of("before", List.of(1, 2), "after", List.of(2), "mode", "replicate"), IMAGE, Shape.of(2, 4, 8, 8)),
            of("pixel-shuffle", Map.of("factor", 2), IMAGE, Shape.of(2, 1, 10, 8)),
            of("pixel-shuffle", Map.of("factor", 2, "back", true), IMAGE.with(2, 6), Shape.of(2, 16, 3, 2)),
            keeping("channel-shuffle", Map.of("groups", 2), IMAGE),
            keeping("local-response-norm", Map.of("size", 3, "alpha", 0.5), LINE),
            of("unfold", Map.of("size", List.of(2), "padding", List.of(1)), IMAGE, Shape.of(2, 16, 30)),
            of("fold", Map.of("extents", List.of(3, 3), "size", List.of(2)), SEQUENCE.with(1, 8), Shape.of(2, 2, 3, 3)),
            of("upsample", Map.of("mode", "cubic", "size", List.of(7, 3)), IMAGE, Shape.of(2, 4, 7, 3)),
            of("upsample", Map.of("mode", "linear", "alignCorners", true, "scale", List.of(1.5)), IMAGE, Shape.of(2, 4, 7, 6)),
            of("global-avg-pool", Map.of(), IMAGE, Shape.of(2, 4)),
            of("global-max-pool", Map.of(), VOLUME, Shape.of(1, 2)),
            keeping("random-flip", IMAGE),
            keeping("random-shift", Map.of("most", List.of(1, 2)), IMAGE),
            of("pad", Map.of("before", List.of(1, 0), "after", List.of(2), "value", 3), IMAGE, Shape.of(2, 4, 8, 6)),
            of("upsample", Map.of("scale", List.of(2, 3)), IMAGE, Shape.of(2, 4, 10, 12)),
            of("upsample", Map.of("mode", "linear"), VOLUME, Shape.of(1, 2, 6, 8, 6)),

            keeping("batch-norm", IMAGE),
            keeping("batch-norm", MATRIX),
            keeping("batch-norm", Map.of("running", false, "affine", false), LINE),
            keeping("instance-norm", Map.of("running", true), LINE),
            keeping("layer-norm", Map.of("axes", 2), SEQUENCE),
            keeping("group-norm", Map.of("groups", 2), IMAGE),
            keeping("instance-norm", Map.of("affine", true), LINE),
            keeping("rms-norm", SEQUENCE),

            of("rnn", Map.of("units", 2, "layers", 2), SEQUENCE, Shape.of(2, 3, 2)),
            of("rnn", Map.of("units", 2, "nonlinearity", "relu", "bias", false), SEQUENCE, Shape.of(2, 3, 2)),
            of("lstm", Map.of("units", 2, "bidirectional", true, "layers", 2), SEQUENCE, Shape.of(2, 3, 4)),
            of("gru", Map.of("units", 2, "bidirectional", true, "output", "last"), SEQUENCE, Shape.of(2, 4)),
            of("rnn", Map.of("units", 2, "bidirectional", true, "layers", 2, "lengths", "lengths"), SEQUENCE, Shape.of(2, 3, 4)),
            of("lstm", Map.of("units", 3, "projection", 2, "layers", 2, "lengths", "lengths"), SEQUENCE, Shape.of(2, 3, 2)),
            of("gru", Map.of("units", 2, "bidirectional", true, "output", "last", "lengths", "lengths"), SEQUENCE, Shape.of(2, 4)),

            keeping("multi-head-attention", Map.of("heads", 2, "causal", true), SEQUENCE),
            keeping("transformer-encoder-layer", Map.of("heads", 2, "feedForward", 3, "dropout", 0), SEQUENCE),
            keeping("transformer-encoder-layer",
                    Map.of("heads", 1, "feedForward", 3, "normalizeFirst", true, "causal", true, "activation", "gelu"), SEQUENCE),
            keeping("multi-head-attention", Map.of("heads", 2, "memory", "memory", "lengths", "memoryLengths", "bias", false), SEQUENCE),
            keeping("multi-head-attention", Map.of("heads", 2, "memory", "wideMemory", "mask", "numbers"), SEQUENCE),
            keeping("transformer-encoder-layer", Map.of("heads", 2, "feedForward", 3, "dropout", 0, "lengths", "lengths"), SEQUENCE),
            keeping("transformer-decoder-layer", Map.of("heads", 2, "feedForward", 3, "dropout", 0, "activation", "tanh"), SEQUENCE),
            keeping("transformer-decoder-layer", Map.of("heads", 2, "feedForward", 3, "normalizeFirst", true, "activation", "gelu", "lengths", "lengths",
                    "memoryLengths", "memoryLengths"), SEQUENCE),
            keeping("transformer-encoder", Map.of("layers", 2, "norm", "layer-norm",
                    "layer", Map.of("type", "transformer-encoder-layer", "heads", 2, "feedForward", 3, "activation", "gelu")), SEQUENCE),
            keeping("transformer-decoder", Map.of("layers", 2, "layer", Map.of("type", "transformer-decoder-layer", "heads", 2, "feedForward", 3,
                    "activation", "gelu")), SEQUENCE),
            keeping("sinusoidal-positions", Shape.of(2, 3, 5)),
            keeping("learned-positions", Map.of("length", 5), SEQUENCE),

            keeping("identity", MATRIX),
            keeping("relu", MATRIX),
            keeping("relu6", MATRIX),
            keeping("leaky-relu", MATRIX),
            keeping("rrelu", LINE),
            keeping("prelu", Map.of("perChannel", true), LINE),
            keeping("threshold", Map.of("threshold", 0.1, "value", 20), MATRIX),
            keeping("elu", MATRIX),
            keeping("selu", MATRIX),
            keeping("celu", Map.of("alpha", 0.5), MATRIX),
            keeping("gelu", MATRIX),
            of("glu", Map.of("axis", 1), SEQUENCE.with(1, 4), Shape.of(2, 2, 4)),
            keeping("silu", MATRIX),
            keeping("mish", MATRIX),
            keeping("sigmoid", MATRIX),
            keeping("log-sigmoid", MATRIX),
            keeping("tanh", MATRIX),
            keeping("softplus", MATRIX),
            keeping("softsign", MATRIX),
            keeping("hardtanh", MATRIX),
            keeping("hardsigmoid", MATRIX),
            keeping("hardswish", MATRIX),
            keeping("hardshrink", MATRIX),
            keeping("softshrink", MATRIX),
            keeping("tanhshrink", MATRIX),
            keeping("softmax", MATRIX),
            keeping("softmin", MATRIX),
            keeping("softplus", Map.of("threshold", 0.5), MATRIX),
            keeping("log-softmax", MATRIX));

    /** What every tested layer finds under a name: numbers without values are random and differentiated by. */
    private record Named(String name, Shape shape, double[] values) {}

    private static final List<Named> NAMED = List.of(
            new Named("memory", Shape.of(2, 2, 4), null),
            new Named("wideMemory", Shape.of(2, 2, 5), null),
            new Named("numbers", Shape.of(2, 3, 2), null),
            new Named("lengths", Shape.of(2), new double[] {3, 2}),
            new Named("memoryLengths", Shape.of(2, 1), new double[] {1, 2}));

    @TestFactory
    Stream<DynamicTest> outputsHaveTheirShapeAndGradientsAgreeWithDifferences() {
        return CASES.stream().map(tested -> DynamicTest.dynamicTest(tested.toString(), () -> check(tested)));
    }

    @Test
    void everyRegisteredLayerIsChecked() {
        Set<String> checked = new HashSet<>();
        CASES.forEach(tested -> checked.add(tested.layer()));
        // What it gives is not what it is given; the graph has one inside.
        checked.add("input");
        assertEquals(Set.copyOf(Registrations.of(new LayerPlugin()).names(Layer.class)), checked);
    }

    private static void check(Case tested) {
        SplittableRandom random = new SplittableRandom(5);
        TracedContext context = TracedContext.of(true);
        DType dtype = tested.layer().equals("embedding") ? DType.INT32 : DType.FLOAT64;
        Expression x = context.graph().variable("x", tested.input(), dtype);
        Map<Expression, double[]> named = new LinkedHashMap<>();
        NAMED.forEach(tensor -> named.put(
                tensor.values() == null
                        ? context.graph().variable(tensor.name(), tensor.shape(), DType.FLOAT64)
                        : context.graph().input(tensor.name(), tensor.shape(), DType.INT32),
                tensor.values() == null ? random.doubles(tensor.shape().size(), -1, 1).toArray() : tensor.values()));
        Map<String, Tensor> names = new HashMap<>();
        named.keySet().forEach(tensor -> names.put(((Op.Leaf) tensor.op()).name(), tensor));
        Expression y = (Expression) context.apply("layer", RegisteredLayers.layer(tested.layer(), tested.settings()), x, names);
        assertEquals(tested.output(), y.shape());

        Expression weights = context.graph().variable("weights", y.shape(), DType.FLOAT64);
        Map<Expression, double[]> point = new HashMap<>(context.values());
        point.keySet().removeAll(context.states().values());
        point.putAll(named);
        point.put(x, random.doubles(x.shape().size(), dtype == DType.INT32 ? 0 : -2, dtype == DType.INT32 ? 3 : 2)
                .map(v -> dtype == DType.INT32 ? Math.floor(v) : v).toArray());
        point.put(weights, random.doubles(y.shape().size(), -1, 1).toArray());
        double error = GradientCheck.largestError((Expression) y.mul(weights).sum(), point);
        assertTrue(error < 1e-7, "error " + error);
    }
}
