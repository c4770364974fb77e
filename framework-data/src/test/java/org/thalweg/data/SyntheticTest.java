package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class SyntheticTest {
    @ParameterizedTest(name = "{0}")
    @EnumSource(Synthetic.Kind.class)
    @DisplayName("the same seed gives the same rows, another seed others, and all numbers are finite")
    void seeded(Synthetic.Kind kind) throws IOException {
        double[] rows = Reading.doubles(open(kind, 100, "seed", 1), "input");
        assertArrayEquals(rows, Reading.doubles(open(kind, 100, "seed", 1), "input"));
        assertTrue(!Arrays.equals(rows, Reading.doubles(open(kind, 100, "seed", 2), "input")));
        assertTrue(Arrays.stream(rows).allMatch(Double::isFinite));
    }

    @Test
    @DisplayName("a seed means these numbers for ever")
    void pinned() {
        NormalNumbers random = new NormalNumbers(42);
        assertEquals("0.7415648787718233 -0.10551648193541083 0.8924703926908311", random.uniform(0, 1) + " " + random.normal() + " " + random.normal());
    }

    @Test
    @DisplayName("normal numbers have mean 0 and variance 1")
    void normal() {
        NormalNumbers random = new NormalNumbers(3);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 100_000; i++) {
            double number = random.normal();
            sum += number;
            squares += number * number;
        }
        assertEquals(0, sum / 100_000, 0.02);
        assertEquals(1, squares / 100_000, 0.02);
    }

    @Test
    @DisplayName("linear is the plane 1 + x1 + 2 x2 + 3 x3, but for the noise")
    void linear() throws IOException {
        Dataset data = open(Synthetic.Kind.LINEAR, 50, "features", 3, "noise", 0);
        double[] x = Reading.doubles(data, "input");
        double[] y = Reading.doubles(data, "target");
        for (int row = 0; row < y.length; row++) {
            assertEquals(1 + x[row * 3] + 2 * x[row * 3 + 1] + 3 * x[row * 3 + 2], y[row], 1e-14);
        }
        double[] noisy = Reading.doubles(open(Synthetic.Kind.LINEAR, 50, "features", 3), "target");
        assertTrue(!Arrays.equals(y, noisy));
    }

    @Test
    @DisplayName("classes take turns and lie where their formulas say")
    void classes() throws IOException {
        Dataset blobs = open(Synthetic.Kind.BLOBS, 10, "classes", 4, "noise", 0);
        assertArrayEquals(new int[] {3, 3, 2, 2}, Reading.classCounts(blobs));
        assertArrayEquals(new double[] {4, 0, 0, 4, -4, 0, 0, -4}, Arrays.copyOf(Reading.doubles(blobs, "input"), 8), 1e-12);
        Dataset moons = open(Synthetic.Kind.MOONS, 100, "noise", 0);
        double[] m = Reading.doubles(moons, "input");
        for (int row = 0; row < 100; row++) {
            double x = row % 2 == 0 ? m[row * 2] : 1 - m[row * 2];
            double y = row % 2 == 0 ? m[row * 2 + 1] : 0.5 - m[row * 2 + 1];
            assertEquals(1, x * x + y * y, 1e-12);
            assertTrue(y >= 0);
        }
        double[] s = Reading.doubles(open(Synthetic.Kind.SPIRALS, 99, "noise", 0), "input");
        for (int row = 0; row < 99; row++) {
            double r = Math.hypot(s[row * 2], s[row * 2 + 1]);
            double angle = 4 * r + 2 * Math.PI * (row % 3) / 3;
            assertEquals(r * Math.cos(angle), s[row * 2], 1e-12);
            assertEquals(r * Math.sin(angle), s[row * 2 + 1], 1e-12);
        }
        double[] x = Reading.doubles(open(Synthetic.Kind.XOR, 100, "noise", 0), "input");
        for (int row = 0; row < 100; row++) {
            assertEquals(row % 2 == 1, x[row * 2] > 0 != x[row * 2 + 1] > 0);
        }
    }

    @Test
    @DisplayName("permeability follows Kozeny and Carman, and Darcy")
    void permeability() throws IOException {
        // d = 200 µm, ε = 0.4, φ = 0.2, µ = 1 mPa·s: k = 4e-8 · 0.064 / 64.8 m², and grains of 10 µm with 1e-10 · 0.008 / 115.2 m².
        double k = 4e-8 * 0.064 / 64.8 + 0.6 * 1e-10 * 0.008 / 115.2;
        assertEquals(k * 1e5 / 1e-3 * 1e3, Synthetic.velocity(200, 0.4, 0.2, 1), 1e-9);
        Dataset data = open(Synthetic.Kind.PERMEABILITY, 40, "noise", 0);
        assertEquals(Shape.of(4), data.schema().column("input").shape());
        assertEquals(DType.FLOAT64, data.schema().column("target").dtype());
        double[] x = Reading.doubles(data, "input");
        double[] q = Reading.doubles(data, "target");
        for (int row = 0; row < q.length; row++) {
            assertEquals(Synthetic.velocity(x[row * 4], x[row * 4 + 1], x[row * 4 + 2], x[row * 4 + 3]), q[row], 1e-12);
        }
    }

    @Test
    @DisplayName("settings of another kind are a problem")
    void settings() {
        assertProblem("classes is for blobs and spirals; leave it out, or change kind", Synthetic.Kind.MOONS, 1, "classes", 2);
        assertProblem("features is for linear; leave it out, or change kind", Synthetic.Kind.XOR, 1, "features", 2);
        assertProblem("rows times features must stay below 2147483640; take fewer", Synthetic.Kind.LINEAR, 2_000_000_000, "features", 2);
        assertProblem("rows: must be at least 1, but is 0", Synthetic.Kind.XOR, 0);
    }

    private static void assertProblem(String expected, Synthetic.Kind kind, int rows, Object... settings) {
        assertEquals(expected, assertThrows(SettingsException.class, () -> open(kind, rows, settings)).getMessage());
    }

    private static Dataset open(Synthetic.Kind kind, int rows, Object... settings) throws IOException {
        Map<String, Object> map = new HashMap<>(Map.of("kind", Settings.kebab(kind), "rows", rows));
        for (int i = 0; i < settings.length; i += 2) {
            map.put((String) settings[i], settings[i + 1]);
        }
        return Settings.of(Synthetic.class, map).open(new DataContext(Path.of("")));
    }
}
