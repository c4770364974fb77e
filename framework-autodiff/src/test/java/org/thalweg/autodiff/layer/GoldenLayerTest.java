package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every output, gradient and running statistic that PyTorch computed in FLOAT64. */
class GoldenLayerTest {
    private static final int CASES = 46;

    /** PyTorch's options and what they are called here. */
    private static final Map<String, String> SETTINGS_BY_OPTION = Map.ofEntries(
            Map.entry("kernel_size", "size"),
            Map.entry("stride", "stride"),
            Map.entry("padding", "padding"),
            Map.entry("output_padding", "outputPadding"),
            Map.entry("output_size", "size"),
            Map.entry("dilation", "dilation"),
            Map.entry("groups", "groups"),
            Map.entry("bias", "bias"),
            Map.entry("count_include_pad", "countPadding"),
            Map.entry("eps", "epsilon"),
            Map.entry("momentum", "momentum"),
            Map.entry("affine", "affine"),
            Map.entry("elementwise_affine", "affine"),
            Map.entry("num_groups", "groups"),
            Map.entry("hidden_size", "units"),
            Map.entry("num_layers", "layers"),
            Map.entry("bidirectional", "bidirectional"),
            Map.entry("nonlinearity", "nonlinearity"),
            Map.entry("num_heads", "heads"),
            Map.entry("dim_feedforward", "feedForward"),
            Map.entry("norm_first", "normalizeFirst"),
            Map.entry("negative_slope", "negativeSlope"),
            Map.entry("alpha", "alpha"),
            Map.entry("beta", "beta"),
            Map.entry("approximate", "approximate"),
            Map.entry("lambd", "lambda"),
            Map.entry("min_val", "low"),
            Map.entry("max_val", "high"),
            Map.entry("dim", "axis"));

    /** Sizes that PyTorch's constructors ask for: the setting, and the parameter and axis that shows it. */
    private record SizeOf(String setting, String parameter, int axis) {}

    private static final Map<String, List<SizeOf>> SIZES = Map.of(
            "dense", List.of(new SizeOf("units", "weight", 0)),
            "conv1d", List.of(new SizeOf("channels", "weight", 0)),
            "conv2d", List.of(new SizeOf("channels", "weight", 0)),
            "conv3d", List.of(new SizeOf("channels", "weight", 0)),
            "embedding", List.of(new SizeOf("vocabulary", "weight", 0), new SizeOf("units", "weight", 1)));

    /** What the cases were computed without. */
    private static final Map<String, Map<String, Object>> ALWAYS = Map.of("transformer-encoder-layer", Map.of("dropout", 0));

    @TestFactory
    Stream<DynamicTest> valuesGradientsAndStateAreThoseOfPyTorch() throws IOException {
        AtomicInteger number = new AtomicInteger();
        return cases().flatMap(golden -> {
            String name = number.getAndIncrement() + ": " + golden.get("layer").asString() + " " + golden.get("options");
            return Stream.of(Evaluation.values()).map(engine -> DynamicTest.dynamicTest(name + ", " + engine, () -> check(golden, engine)));
        });
    }

    @Test
    void noCaseIsMissing() throws IOException {
        assertEquals(CASES, cases().count());
    }

    private static Stream<JsonNode> cases() throws IOException {
        try (InputStream json = GoldenLayerTest.class.getResourceAsStream("layers.json")) {
            return StreamSupport.stream(new JsonMapper().readTree(json).get("cases").spliterator(), false);
        }
    }

    private static void check(JsonNode golden, Evaluation engine) {
        TracedContext context = TracedContext.of(golden.get("training").asBoolean());
        boolean wholeNumbers = golden.get("layer").asString().equals("embedding");
        JsonNode input = golden.get("inputs").get(0);
        Expression x = context.graph().variable("input", shape(input), wholeNumbers ? DType.INT32 : DType.FLOAT64);
        Expression upstream = context.graph().input("upstream", shape(golden.get("upstream")), DType.FLOAT64);
        Expression output = (Expression) layer(golden).apply(context, x);
        context.values().put(x, numbers(input));
        context.values().put(upstream, numbers(golden.get("upstream")));

        Map<String, Expression> kept = new HashMap<>(context.parameters());
        kept.putAll(context.states());
        assertEquals(kept.keySet(), Set.copyOf(golden.get("state").propertyNames()));
        kept.forEach((name, leaf) -> {
            assertEquals(shape(golden.get("state").get(name)), leaf.shape(), name);
            context.values().put(leaf, numbers(golden.get("state").get(name)));
        });

        List<String> names = new ArrayList<>(List.of("output"));
        List<JsonNode> wanted = new ArrayList<>(List.of(golden.get("output")));
        List<Expression> outputs = new ArrayList<>(List.of(output));
        List<Expression> with = new ArrayList<>();
        if (!golden.get("input_gradients").isEmpty()) {
            with.add(x);
            names.add("gradient of the input");
            wanted.add(golden.get("input_gradients").get(0));
        }
        golden.get("parameter_gradients").properties().forEach(gradient -> {
            with.add(context.parameters().get(gradient.getKey()));
            names.add("gradient of " + gradient.getKey());
            wanted.add(gradient.getValue());
        });
        outputs.addAll(Gradients.of(output, upstream, with));
        golden.get("state_after").properties().forEach(state -> {
            Expression before = context.states().get(state.getKey());
            outputs.add(context.updates().getOrDefault(before, before));
            names.add(state.getKey() + " after");
            wanted.add(state.getValue());
        });
        List<double[]> got = engine.values(outputs, context.values());
        for (int i = 0; i < names.size(); i++) {
            assertEquals(shape(wanted.get(i)), outputs.get(i).shape(), names.get(i));
            assertClose(numbers(wanted.get(i)), got.get(i), names.get(i));
        }
    }

    private static Layer layer(JsonNode golden) {
        String name = golden.get("layer").asString();
        Map<String, Object> settings = new HashMap<>(ALWAYS.getOrDefault(name, Map.of()));
        SIZES.getOrDefault(name, List.of()).forEach(size -> settings.put(
                size.setting(), golden.get("state").get(size.parameter()).get("shape").get(size.axis()).asInt()));
        golden.get("options").properties().forEach(option -> {
            assertTrue(SETTINGS_BY_OPTION.containsKey(option.getKey()), () -> "unknown option " + option);
            settings.put(SETTINGS_BY_OPTION.get(option.getKey()), setting(option.getKey(), option.getValue()));
        });
        return RegisteredLayers.layer(name, settings);
    }

    /** Where PyTorch takes a number or a tuple, a list is meant here. */
    private static Object setting(String option, JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(GoldenLayerTest::plain).toList();
        }
        boolean perAxis = List.of("kernel_size", "stride", "padding", "output_padding", "output_size", "dilation").contains(option);
        return perAxis ? Collections.singletonList(plain(value)) : plain(value);
    }

    private static Object plain(JsonNode value) {
        return value.isString() ? value.asString() : value.isBoolean() ? (Object) value.asBoolean() : value.numberValue();
    }

    private static Shape shape(JsonNode tensor) {
        return Shape.of(tensor.get("shape").valueStream().mapToInt(JsonNode::asInt).toArray());
    }

    private static double[] numbers(JsonNode tensor) {
        return tensor.get("data").valueStream().mapToDouble(n -> n.isString() ? Double.parseDouble(n.asString()) : n.asDouble()).toArray();
    }

    private static void assertClose(double[] wanted, double[] got, String what) {
        assertEquals(wanted.length, got.length, what);
        for (int i = 0; i < wanted.length; i++) {
            double tolerance = Double.isInfinite(wanted[i]) ? 0 : 1e-9 * Math.abs(wanted[i]) + 1e-12;
            if (!(Math.abs(wanted[i] - got[i]) <= tolerance)) {
                assertEquals(wanted[i], got[i], what + "[" + i + "]");
            }
        }
    }
}
