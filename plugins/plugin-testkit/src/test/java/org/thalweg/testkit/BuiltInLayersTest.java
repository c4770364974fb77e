package org.thalweg.testkit;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.layer.LayerPlugin;

/** The contract, for every layer that comes with the framework. */
class BuiltInLayersTest extends LayerContract {
    private static final Shape SEQUENCE = Shape.of(2, 3, 4);
    private static final Shape LINE = Shape.of(2, 4, 7);
    private static final Shape IMAGE = Shape.of(2, 4, 5, 4);
    private static final Shape VOLUME = Shape.of(2, 2, 3, 2, 3);

    private static final Map<String, Map<String, ?>> SETTINGS = Map.ofEntries(
            entry("dense", Map.of("units", 5)),
            entry("embedding", Map.of("vocabulary", 3, "units", 2)),
            entry("reshape", Map.of("extents", List.of(2, -1))),
            entry("sequential", Map.of("layers", List.of("tanh", Map.of("type", "dense", "units", 2)))),
            entry("residual", Map.of("layer", "tanh")),
            entry("parallel", Map.of("branches", Map.of("a", "tanh", "b", Map.of("type", "dense", "units", 2)))),
            entry("conv1d", Map.of("channels", 2, "size", List.of(3))),
            entry("conv2d", Map.of("channels", 2, "size", List.of(3, 2))),
            entry("conv3d", Map.of("channels", 2, "size", List.of(2))),
            entry("conv-transpose1d", Map.of("channels", 2, "size", List.of(3))),
            entry("conv-transpose2d", Map.of("channels", 2, "size", List.of(2))),
            entry("conv-transpose3d", Map.of("channels", 1, "size", List.of(2))),
            entry("max-pool1d", Map.of("size", List.of(3))),
            entry("max-pool2d", Map.of("size", List.of(2))),
            entry("max-pool3d", Map.of("size", List.of(2))),
            entry("avg-pool1d", Map.of("size", List.of(3))),
            entry("avg-pool2d", Map.of("size", List.of(3))),
            entry("avg-pool3d", Map.of("size", List.of(2))),
            entry("adaptive-avg-pool1d", Map.of("size", List.of(3))),
            entry("adaptive-avg-pool2d", Map.of("size", List.of(2, 6))),
            entry("pad", Map.of("before", List.of(1, 0), "after", List.of(2), "value", 3)),
            entry("upsample", Map.of("scale", List.of(2, 3))),
            entry("group-norm", Map.of("groups", 2)),
            entry("rnn", Map.of("units", 2)),
            entry("lstm", Map.of("units", 2)),
            entry("gru", Map.of("units", 2)),
            entry("multi-head-attention", Map.of("heads", 2)),
            entry("transformer-encoder-layer", Map.of("heads", 2, "feedForward", 3, "dropout", 0.1)),
            entry("learned-positions", Map.of("length", 5)),
            entry("threshold", Map.of("threshold", 0.1, "value", 20)),
            entry("permute", Map.of("axes", List.of(0, 2, 1))),
            entry("lp-pool1d", Map.of("size", List.of(3), "p", 2)),
            entry("lp-pool2d", Map.of("size", List.of(2), "p", 2)),
            entry("lp-pool3d", Map.of("size", List.of(2), "p", 4)),
            entry("adaptive-max-pool2d", Map.of("size", List.of(2, 3))),
            entry("pixel-shuffle", Map.of("factor", 2)),
            entry("channel-shuffle", Map.of("groups", 2)),
            entry("unfold", Map.of("size", List.of(2))),
            entry("fold", Map.of("extents", List.of(2, 8), "size", List.of(2))),
            entry("local-response-norm", Map.of("size", 3, "alpha", 0.5)),
            entry("transformer-encoder", Map.of("layers", 2, "norm", "layer-norm", "layer",
                    Map.of("type", "transformer-encoder-layer", "heads", 2, "feedForward", 3, "activation", "gelu"))),
            // What needs a second input is tested inside a graph that has one.
            entry("graph", Map.of("nodes", new TreeMap<>(Map.of(
                    "memory", Map.of("layer", Map.of("type", "dense", "units", 4)),
                    "output", Map.of("from", "input", "layer", List.of(Map.of("type", "transformer-decoder", "layers", 1, "layer",
                            Map.of("type", "transformer-decoder-layer", "heads", 2, "feedForward", 3, "activation", "gelu", "memory", "memory")),
                            Map.of("type", "parallel", "combine", "sum", "branches", Map.of("memory", Map.of("type", "input", "name", "memory"))))))))));

    private static final Map<Shape, List<String>> SHAPES = Map.of(
            SEQUENCE, List.of("reshape", "layer-norm", "rms-norm", "rnn", "lstm", "gru", "multi-head-attention", "transformer-encoder-layer",
                    "sinusoidal-positions", "learned-positions", "permute", "transformer-encoder", "graph"),
            LINE, List.of("conv1d", "conv-transpose1d", "max-pool1d", "avg-pool1d", "lp-pool1d", "adaptive-avg-pool1d", "adaptive-max-pool1d",
                    "instance-norm", "local-response-norm", "fold"),
            IMAGE, List.of("conv2d", "conv-transpose2d", "max-pool2d", "avg-pool2d", "lp-pool2d", "adaptive-avg-pool2d", "adaptive-max-pool2d",
                    "spatial-dropout", "random-flip", "random-shift", "pixel-shuffle", "channel-shuffle", "unfold", "pad", "upsample", "batch-norm", "group-norm", "global-avg-pool"),
            VOLUME, List.of("conv3d", "conv-transpose3d", "max-pool3d", "avg-pool3d", "lp-pool3d", "adaptive-avg-pool3d", "adaptive-max-pool3d",
                    "global-max-pool"));

    private static final Set<String> NEED_A_SECOND_INPUT = Set.of("input", "transformer-decoder", "transformer-decoder-layer");

    @Override
    public Stream<String> layers() {
        return super.layers().filter(layer -> !NEED_A_SECOND_INPUT.contains(layer));
    }

    @Override
    protected Plugin plugin() {
        return new LayerPlugin();
    }

    @Override
    protected Map<String, ?> settings(String layer) {
        return SETTINGS.getOrDefault(layer, Map.of());
    }

    @Override
    protected Shape input(String layer) {
        return SHAPES.entrySet().stream().filter(shape -> shape.getValue().contains(layer)).map(Map.Entry::getKey).findFirst()
                .orElseGet(() -> super.input(layer));
    }

    @Override
    protected DType inputType(String layer) {
        return layer.equals("embedding") ? DType.INT32 : DType.FLOAT64;
    }
}
