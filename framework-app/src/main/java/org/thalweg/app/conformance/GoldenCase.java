package org.thalweg.app.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import tools.jackson.databind.JsonNode;

/**
 * One case of a file. What is missing in it or of another form is a {@link MalformedCaseException} that names the file, the case and the field.
 *
 * @param file its name
 * @param number in the file, from 0
 * @param json the case
 */
record GoldenCase(String file, int number, JsonNode json) {
    boolean has(String field) {
        return json.has(field);
    }

    String text(String field) {
        JsonNode value = field(field);
        return value.isString() ? value.asString() : wrong(field, "a text");
    }

    double number(String field) {
        return number(field, field(field));
    }

    boolean truth(String field) {
        JsonNode value = field(field);
        return value.isBoolean() ? value.asBoolean() : wrong(field, "true or false");
    }

    double[] numbers(String field) {
        return numbers(field, field(field));
    }

    GoldenTensor tensor(String field) {
        return tensor(field, field(field));
    }

    List<GoldenTensor> tensorList(String field) {
        JsonNode list = field(field);
        return list.isArray() ? list.valueStream().map(tensor -> tensor(field, tensor)).toList() : wrong(field, "a list of tensors");
    }

    /** Tensors by name; a plain list of numbers counts as a vector, a plain number as a scalar. */
    Map<String, GoldenTensor> tensors(String field) {
        JsonNode map = field(field);
        if (!map.isObject()) {
            return wrong(field, "tensors by name");
        }
        Map<String, GoldenTensor> tensors = new LinkedHashMap<>();
        map.properties().forEach(entry -> {
            String name = field + "." + entry.getKey();
            JsonNode value = entry.getValue();
            tensors.put(entry.getKey(), value.isNumber()
                    ? new GoldenTensor(Shape.scalar(), new double[] {number(name, value)}, value.isIntegralNumber())
                    : value.isArray() ? new GoldenTensor(Shape.of(value.size()), numbers(name, value), isWhole(value)) : tensor(name, value));
        });
        return tensors;
    }

    /** The options as plain values: texts, numbers, truths and lists of them, null for None; a tensor is a list. */
    Map<String, Object> options() {
        JsonNode map = field("options");
        if (!map.isObject()) {
            return wrong("options", "a map");
        }
        Map<String, Object> options = new LinkedHashMap<>();
        map.properties().forEach(entry -> options.put(entry.getKey(), plain(entry.getValue())));
        return options;
    }

    private JsonNode field(String name) {
        JsonNode value = json.get(name);
        return value == null ? wrong(name, "there") : value;
    }

    private GoldenTensor tensor(String field, JsonNode tensor) {
        if (!tensor.isObject() || !tensor.has("shape") || !tensor.has("data")) {
            return wrong(field, "a tensor {\"shape\": [...], \"data\": [...]}");
        }
        double[] extents = numbers(field + ".shape", tensor.get("shape"));
        double[] data = numbers(field + ".data", tensor.get("data"));
        int[] whole = new int[extents.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) extents[i];
        }
        try {
            Shape shape = Shape.of(whole);
            return shape.size() == data.length
                    ? new GoldenTensor(shape, data, isWhole(tensor.get("data")))
                    : wrong(field, "as long as its shape " + shape + " says, " + shape.size() + " numbers");
        } catch (ShapeException e) {
            return wrong(field, "a tensor: " + e.getMessage());
        }
    }

    private static boolean isWhole(JsonNode data) {
        return !data.isEmpty() && data.valueStream().allMatch(JsonNode::isIntegralNumber);
    }

    private double[] numbers(String field, JsonNode list) {
        if (!list.isArray()) {
            return wrong(field, "a list of numbers");
        }
        return list.valueStream().mapToDouble(value -> number(field, value)).toArray();
    }

    private double number(String field, JsonNode value) {
        if (value.isNumber()) {
            return value.asDouble();
        }
        Double number = notFinite(value);
        return number == null ? GoldenCase.this.<Double>wrong(field, "numbers") : number;
    }

    /** Infinity, -Infinity or NaN, which JSON writes as texts; null for anything else. */
    private static Double notFinite(JsonNode value) {
        return switch (value.isString() ? value.asString() : "") {
            case "Infinity" -> (Double) Double.POSITIVE_INFINITY;
            case "-Infinity" -> (Double) Double.NEGATIVE_INFINITY;
            case "NaN" -> (Double) Double.NaN;
            default -> null;
        };
    }

    private static Object plain(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(GoldenCase::plain).collect(Collectors.toList());
        }
        if (value.isNull()) {
            return null;
        }
        if (value.isObject() && value.has("data")) {
            return plain(value.get("data"));
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.isNumber()) {
            return value.numberValue();
        }
        Double number = notFinite(value);
        return number == null ? value.asString() : number;
    }

    private <T> T wrong(String field, String wanted) {
        throw new MalformedCaseException(file + ": case " + number + ": '" + field + "' must be " + wanted);
    }
}
