package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class InlineTest {
    @Test
    @DisplayName("rows of the configuration become the input, class numbers the target")
    void classes() {
        Dataset data = open(List.of(List.of(0, 0.5), List.of(1, 2)), List.of(1, 0), "classes");
        assertEquals(
                List.of(new Column("input", DType.FLOAT64, Shape.of(2)), new Column("target", DType.INT32, Shape.scalar())),
                data.schema().columns());
        assertArrayEquals(new double[] {0, 0.5, 1, 2}, Reading.doubles(data, "input"));
        assertArrayEquals(new int[] {1, 0}, Reading.ints(data, "target"));
    }

    @Test
    @DisplayName("targets may be numbers")
    void numbers() {
        Dataset data = open(List.of(List.of(1), List.of(2)), List.of(0.25, -3), "number");
        assertEquals(new Column("target", DType.FLOAT64, Shape.scalar()), data.schema().column("target"));
        assertArrayEquals(new double[] {0.25, -3}, Reading.doubles(data, "target"));
    }

    @Test
    @DisplayName("rows of different lengths are an error with both lengths")
    void raggedRows() {
        assertProblem("inputs[1] has length 1, but inputs[0] has length 2; make all rows equally long",
                List.of(List.of(1, 2), List.of(3)), List.of(0, 1), "number");
    }

    @Test
    @DisplayName("more or fewer targets than rows are an error with both numbers")
    void targetCount() {
        assertProblem("targets has length 1, but inputs has length 2; give every row one target",
                List.of(List.of(1), List.of(3)), List.of(0), "number");
    }

    @Test
    @DisplayName("a target that is no class number is an error with its place")
    void noClassNumber() {
        assertProblem("targets[1] is 0.5, which is no class number; use 0, 1, 2 ..., or set targetType to number",
                List.of(List.of(1), List.of(3)), List.of(0, 0.5), "classes");
        assertProblem("targets[0] is -1.0, which is no class number; use 0, 1, 2 ..., or set targetType to number",
                List.of(List.of(1)), List.of(-1), "classes");
    }

    @Test
    @DisplayName("no rows, or rows without numbers, are an error")
    void noRows() {
        assertProblem("inputs needs at least one row with at least one number", List.of(), List.of(), "number");
        assertProblem("inputs needs at least one row with at least one number", List.of(List.of()), List.of(1), "number");
    }

    @Test
    @DisplayName("numbers that are not finite are an error")
    void notFinite() {
        String expected = "inputs and targets must be finite numbers; replace the others, or leave their rows out";
        assertProblem(expected, List.of(List.of(Double.NEGATIVE_INFINITY)), List.of(1), "number");
        assertProblem(expected, List.of(List.of(1)), List.of(Double.POSITIVE_INFINITY), "number");
    }

    private static void assertProblem(String expected, List<?> inputs, List<?> targets, String targetType) {
        Exception e = assertThrows(SettingsException.class, () -> open(inputs, targets, targetType));
        assertEquals(expected, e.getMessage());
    }

    private static Dataset open(List<?> inputs, List<?> targets, String targetType) {
        return Settings.of(Inline.class, Map.of("inputs", inputs, "targets", targets, "targetType", targetType))
                .open(new DataContext(Path.of("")));
    }
}
