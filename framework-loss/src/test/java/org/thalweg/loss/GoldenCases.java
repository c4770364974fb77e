package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
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

    static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(n -> n.isString() ? Double.parseDouble(n.asString()) : n.asDouble())
                .toArray();
    }

    static void assertClose(double[] wanted, double[] got, double absolute, String what) {
        assertEquals(wanted.length, got.length, what);
        for (int i = 0; i < wanted.length; i++) {
            double tolerance = Double.isInfinite(wanted[i]) ? 0 : 1e-9 * Math.abs(wanted[i]) + absolute;
            if (!(Math.abs(wanted[i] - got[i]) <= tolerance)) {
                assertEquals(wanted[i], got[i], what + "[" + i + "]");
            }
        }
    }
}
