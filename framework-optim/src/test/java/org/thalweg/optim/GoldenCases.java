package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cases that PyTorch computed in FLOAT64, and the rule for comparing with them. */
final class GoldenCases {
    private GoldenCases() {}

    static Stream<JsonNode> in(String file) throws IOException {
        try (InputStream json = GoldenCases.class.getResourceAsStream(file)) {
            return StreamSupport.stream(new JsonMapper().readTree(json).get("cases").spliterator(), false);
        }
    }

    /** The case's option, or PyTorch's default. */
    static double option(JsonNode golden, String name, double absent) {
        return golden.get("options").has(name) ? golden.get("options").get(name).asDouble() : absent;
    }

    /** An option whose name is not here was not translated into a setting: the case would pass or fail for the wrong reason. */
    static void requireKnown(JsonNode golden, Map<String, String> settingsByOption) {
        golden.get("options").propertyNames().forEach(option -> {
            if (!settingsByOption.containsKey(option)) {
                throw new AssertionError("no setting is known for PyTorch's option " + option);
            }
        });
    }

    static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(n -> n.isString() ? Double.parseDouble(n.asString()) : n.asDouble())
                .toArray();
    }

    static void assertClose(double[] wanted, double[] got, double absolute, String what) {
        assertEquals(wanted.length, got.length, what);
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], got[i], 1e-9 * Math.abs(wanted[i]) + absolute, what + "[" + i + "]");
        }
    }
}
