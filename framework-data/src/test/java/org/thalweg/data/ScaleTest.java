package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;
import org.thalweg.api.tensor.Shape;

class ScaleTest {
    private static final Dataset GREY = InMemory.of(
            ColumnValues.unsignedBytes("input", Shape.of(2), new byte[] {0, 51, (byte) 255, 1}),
            ColumnValues.classes("target", List.of("a", "b"), new int[] {0, 1}));

    @Test
    @DisplayName("multiplies every number of the input and adds the offset")
    void line() {
        Dataset scaled = new Scale(2, -1, "input").fit(GREY).apply(GREY);
        assertArrayEquals(new float[] {-1, 101, 509, 1}, Reading.floats(scaled, "input"));
        assertArrayEquals(new double[] {-1, 101, 509, 1}, Reading.doubles(scaled, "input"));
    }

    @Test
    @DisplayName("takes the input and no offset unless told otherwise")
    void defaults() {
        assertEquals(new Scale(0.5, 0, "input"), Settings.of(Scale.class, Map.of("by", 0.5)));
        assertThrows(SettingsException.class, () -> Settings.of(Scale.class, Map.of()));
    }

    @Test
    @DisplayName("255 times 1/255 is exactly 1")
    void roundsOnce() {
        Dataset scaled = new Scale(0.00392156862745098, 0, "input").fit(GREY).apply(GREY);
        assertArrayEquals(new float[] {0, 0.2f, 1, 0.003921569f}, Reading.floats(scaled, "input"));
    }

    @Test
    @DisplayName("leaves the other columns and the schema as they are")
    void otherColumns() {
        Dataset scaled = new Scale(2, 0, "input").fit(GREY).apply(GREY);
        assertEquals(GREY.schema(), scaled.schema());
        assertEquals(2, scaled.size());
        assertArrayEquals(new int[] {0, 1}, Reading.ints(scaled, "target"));
        assertArrayEquals(new float[] {0, 1}, Reading.floats(scaled, "target"));
        assertArrayEquals(new double[] {0, 1}, Reading.doubles(scaled, "target"));
    }

    @Test
    @DisplayName("changes only the numbers that were read")
    void onlyWhatWasRead() {
        float[] values = {7, 7, 7};
        new Scale(2, 0, "input").fit(GREY).apply(GREY).read(0, new int[] {1}, 0, 1, values);
        assertArrayEquals(new float[] {510, 2, 7}, values);
    }

    @Test
    @DisplayName("rounds double-precision columns after the change, in blocks of any number of rows")
    void doublePrecision() {
        double[] numbers = new double[5001];
        float[] expected = new float[5001];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 1e9 + i;
            expected[i] = i;
        }
        Dataset data = InMemory.of(ColumnValues.numbers("input", Shape.of(3), numbers));
        assertArrayEquals(expected, Reading.floats(new Scale(1, -1e9, "input").fit(data).apply(data), "input"));
    }

    @Test
    @DisplayName("class numbers cannot be scaled")
    void classNumbers() {
        Exception e = assertThrows(DataException.class, () -> new Scale(2, 0, "target").fit(GREY));
        assertEquals(
                "column 'target' holds INT32, which is no quantity to scale, standardise or fill; choose a column of FLOAT32 or FLOAT64",
                e.getMessage());
    }

    @Test
    @DisplayName("a column that does not exist is an error that names those that do")
    void noSuchColumn() {
        Exception e = assertThrows(DataException.class, () -> new Scale(2, 0, "pixels").fit(GREY));
        assertEquals("there is no column 'pixels'; the data has [input, target]", e.getMessage());
    }
}
