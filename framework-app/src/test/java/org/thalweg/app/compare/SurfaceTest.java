package org.thalweg.app.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.settings.Settings;
import org.thalweg.app.pipeline.PipelineObjective;

/** Surfaces have the values and the minima that they are known for. */
class SurfaceTest {
    static Stream<Arguments> minima() {
        double root = Math.sqrt(2);
        return Stream.of(
                Arguments.of(Settings.of(Valley.class, Map.of()), 0, 0, 1, 1, 15.5),
                Arguments.of(new Rosenbrock(), 1, 1, -1, 2, 104),
                Arguments.of(new Beale(), 3, 0.5, 0, 0, 14.203125),
                Arguments.of(new Himmelblau(), 3, 2, 0, 0, 170),
                Arguments.of(new Saddle(), 0, root, 0, 0, 1),
                Arguments.of(new Saddle(), 0, -root, 1, 0, 2),
                Arguments.of(Settings.of(Plateau.class, Map.of("ripples", 0.5)), 0, 0, Math.PI / 4, 0, 2 - Math.exp(-Math.PI * Math.PI / 64)),
                Arguments.of(new CosTan(), Math.asin((1 - Math.sqrt(5)) / 2), 0, 0, 2, 5),
                Arguments.of(Settings.of(NoisyQuadratic.class, Map.of()), 0, 0, 1, 1, 3),
                Arguments.of(new FormulaSurface("(x^2+y-11)^2+(x+y^2-7)^2 + 5", 5), 3, 2, 1, 1, 106));
    }

    @ParameterizedTest
    @MethodSource("minima")
    void a_surface_is_zero_and_flat_at_its_minimum_and_as_high_as_its_formula_elsewhere(
            Surface surface, double minimumX, double minimumY, double x, double y, double height) throws Exception {
        double[] gradient = new double[2];
        try (Terrain terrain = Terrain.of(surface, null, 1);
                PipelineObjective heights = terrain.with(new double[2], builder -> builder.optimizer(Still.HERE).build().objective())) {
            assertEquals(0, heights.evaluate(new double[] {minimumX, minimumY}, gradient), 1e-12);
            assertArrayEquals(new double[2], gradient, 1e-6);
            assertEquals(height, heights.evaluate(new double[] {x, y}, gradient), 1e-9);
        }
    }

    @Test
    void a_formula_may_use_nothing_but_x_and_y() {
        assertEquals("the formula of a surface knows x and y alone, but this one uses z",
                assertThrows(IllegalArgumentException.class, () -> new FormulaSurface("x+z", 0)).getMessage());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new FormulaSurface("x+", 0)).getMessage().startsWith("the formula 'x+' is wrong: "));
    }

    @Test
    void a_line_of_equal_height_around_a_bowl_is_a_ring() {
        Heights heights = Heights.of((x, gradient) -> x[0] * x[0] + x[1] * x[1], new View(-2, 2, -2, 2, 0, 0), 41, 41);
        List<List<double[]>> lines = Contours.of(heights, 1);

        assertEquals(1, lines.size());
        lines.getFirst().forEach(point -> assertEquals(1, Math.hypot(point[0], point[1]), 0.01));
        assertArrayEquals(lines.getFirst().getFirst(), lines.getFirst().getLast());
    }
}
