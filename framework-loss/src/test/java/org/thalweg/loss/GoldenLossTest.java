package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.testkit.Evaluation;
import org.thalweg.testkit.Registrations;
import tools.jackson.databind.JsonNode;

/** Every value and gradient that PyTorch computed in FLOAT64: reductions, options, kinks. */
class GoldenLossTest {
    private static final int CASES = 207;

    private static final Map<String, String> SETTINGS_BY_OPTION = Map.ofEntries(
            Map.entry("weight", "weight"),
            Map.entry("pos_weight", "posWeight"),
            Map.entry("ignore_index", "ignoreIndex"),
            Map.entry("label_smoothing", "labelSmoothing"),
            Map.entry("delta", "delta"),
            Map.entry("beta", "beta"),
            Map.entry("margin", "margin"),
            Map.entry("p", "p"),
            Map.entry("swap", "swap"),
            Map.entry("log_target", "logTarget"),
            Map.entry("log_input", "logInput"),
            Map.entry("full", "full"),
            Map.entry("blank", "blank"),
            Map.entry("zero_infinity", "zeroInfinity"));

    private static final Map<String, String> INPUTS = Map.of("input_lengths", "inputLengths", "target_lengths", "targetLengths");

    private static final Set<String> LOSSES_OF_CLASS_NUMBERS = Set.of("cross-entropy", "nll", "multi-margin", "multi-label-margin", "ctc");

    @TestFactory
    Stream<DynamicTest> valuesAndGradientsAreThoseOfPyTorch() throws IOException {
        AtomicInteger number = new AtomicInteger();
        return GoldenCases.in("losses.json").flatMap(golden -> {
            String name = number.getAndIncrement() + ": " + golden.get("loss").asString() + " " + golden.get("options");
            return Stream.of(Evaluation.values())
                    .map(engine -> DynamicTest.dynamicTest(name + ", " + engine, () -> check(golden, engine)));
        });
    }

    @Test
    void noCaseIsMissing() throws IOException {
        assertEquals(CASES, GoldenCases.in("losses.json").count());
    }

    private static void check(JsonNode golden, Evaluation engine) {
        Graph graph = new Graph();
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        Map<String, Expression> leaves = new HashMap<>();
        Map<Expression, double[]> values = new HashMap<>();
        golden.get("inputs").properties().forEach(input -> {
            boolean list = input.getValue().isArray();
            Shape shape = list ? Shape.of(input.getValue().size()) : shape(input.getValue());
            Expression leaf = graph.variable(input.getKey(), shape, list || isClassNumbers(golden, input.getKey()) ? DType.INT32 : DType.FLOAT64);
            leaves.put(input.getKey(), leaf);
            inputs.put(INPUTS.getOrDefault(input.getKey(), input.getKey()), leaf);
            values.put(leaf, GoldenCases.numbers(list ? input.getValue() : input.getValue().get("data")));
        });
        if (inputs.containsKey("logits")) {
            inputs.put("input", inputs.remove("logits").logSoftmax(-1));
        }
        Loss loss = loss(golden);
        assertEquals(Set.copyOf(loss.inputs()), inputs.keySet());
        Expression value = reduced(loss, new LossInputs(golden.get("loss").asString(), inputs));
        Expression upstream = graph.input("upstream", value.shape(), DType.FLOAT64);
        values.put(upstream, GoldenCases.numbers(golden.get("upstream").get("data")));

        List<String> names = List.copyOf(golden.get("gradients").propertyNames());
        assertTrue(!names.isEmpty());
        List<Expression> outputs = new ArrayList<>(List.of(value));
        outputs.addAll(Gradients.of(value, upstream, names.stream().map(leaves::get).toList()));
        List<double[]> got = engine.values(outputs, values);

        assertEquals(shape(golden.get("value")), value.shape());
        GoldenCases.assertClose(GoldenCases.numbers(golden.get("value").get("data")), got.getFirst(), 1e-12, "value");
        for (int i = 0; i < names.size(); i++) {
            JsonNode wanted = golden.get("gradients").get(names.get(i)).get("data");
            GoldenCases.assertClose(GoldenCases.numbers(wanted), got.get(i + 1), 1e-12, "gradient of " + names.get(i));
        }
    }

    private static boolean isClassNumbers(JsonNode golden, String input) {
        return input.equals("target") && LOSSES_OF_CLASS_NUMBERS.contains(golden.get("loss").asString())
                && !(golden.get("loss").asString().equals("cross-entropy")
                        && shape(golden.get("inputs").get("target")).equals(shape(golden.get("inputs").get("input"))));
    }

    private static Loss loss(JsonNode golden) {
        Map<String, Object> settings = new HashMap<>();
        golden.get("options").properties().forEach(option -> {
            if (option.getKey().equals("reduction")) {
                boolean batchMean = option.getValue().asString().equals("batchmean");
                settings.put("reduction", batchMean ? "mean" : option.getValue().asString());
                if (batchMean) {
                    settings.put("batchMean", true);
                }
            } else {
                assertTrue(SETTINGS_BY_OPTION.containsKey(option.getKey()), () -> "unknown option " + option);
                settings.put(SETTINGS_BY_OPTION.get(option.getKey()), plain(option.getValue()));
            }
        });
        if (golden.get("loss").asString().equals("ctc")) {
            settings.put("batchFirst", false);
        }
        return (Loss) Settings.of(Registrations.of(new LossPlugin()).settings(Loss.class, golden.get("loss").asString()), settings);
    }

    private static Object plain(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(GoldenLossTest::plain).toList();
        }
        return value.isString() ? value.asString() : value.isBoolean() ? (Object) value.asBoolean() : value.numberValue();
    }

    private static Expression reduced(Loss loss, LossInputs inputs) {
        Loss.Elements elements = loss.elements(inputs);
        return (Expression) switch (loss.reduction()) {
            case MEAN -> elements.values().sum().div(elements.divisor());
            case SUM -> elements.values().sum();
            case NONE -> elements.values();
        };
    }

    private static Shape shape(JsonNode tensor) {
        return Shape.of(tensor.get("shape").valueStream().mapToInt(JsonNode::asInt).toArray());
    }
}
