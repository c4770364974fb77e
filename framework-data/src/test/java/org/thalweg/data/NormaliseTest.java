package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;
import org.thalweg.api.tensor.Shape;

class NormaliseTest {
    private static final Normalise NORMALISE = Settings.of(Normalise.class, Map.of());

    @Test
    @DisplayName("the smallest value of every feature becomes 0 and the largest 1, unless told otherwise")
    void range() {
        Dataset data = data(1, -10, 5, 10, 2, 0);
        assertArrayEquals(new double[] {0, 0, 1, 1, 0.25, 0.5}, Reading.doubles(NORMALISE.fit(data).apply(data), "input"));
        assertArrayEquals(new float[] {0, 0, 1, 1, 0.25f, 0.5f}, Reading.floats(NORMALISE.fit(data).apply(data), "input"));
        Normalise wide = Settings.of(Normalise.class, Map.of("low", -1, "high", 3));
        assertArrayEquals(new double[] {-1, -1, 3, 3, 0, 1}, Reading.doubles(wide.fit(data).apply(data), "input"));
    }

    @Test
    @DisplayName("other data is changed by the range of the training data and may leave the range")
    void otherData() {
        assertArrayEquals(new double[] {2, -1}, Reading.doubles(NORMALISE.fit(data(0, 0, 2, 4)).apply(data(4, -4)), "input"));
    }

    @Test
    @DisplayName("a constant feature becomes the low end, and other values keep their distance from it")
    void constant() {
        assertArrayEquals(new double[] {0, 2}, Reading.doubles(NORMALISE.fit(data(3, 3, 3, 3)).apply(data(3, 5)), "input"));
    }

    @Test
    @DisplayName("what cannot be normalised is an error with the remedy")
    void errors() {
        assertEquals("normalise learns from the training data, but that has no rows",
                assertThrows(DataException.class, () -> NORMALISE.fit(data())).getMessage());
        assertEquals("column 'input' cannot be normalised: feature 1 (counted from 0) has a value in the training data that is not finite; "
                        + "remove its row, or fill it first with fill-missing",
                assertThrows(DataException.class, () -> NORMALISE.fit(data(1, Double.NaN, 1, 2))).getMessage());
        assertEquals("low must be below high, but they are 1.0 and 1.0",
                assertThrows(SettingsException.class, () -> Settings.of(Normalise.class, Map.of("low", 1))).getMessage());
    }

    private static Dataset data(double... values) {
        return InMemory.of(ColumnValues.numbers("input", Shape.of(2), values));
    }
}
