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

class FillMissingTest {
    private static final double NAN = Double.NaN;
    private static final FillMissing MEAN = Settings.of(FillMissing.class, Map.of());
    private static final FillMissing MEDIAN = Settings.of(FillMissing.class, Map.of("by", "median"));

    @Test
    @DisplayName("missing numbers become the mean of the others in the training data")
    void mean() {
        Dataset training = data(1, NAN, 3, 4, NAN, 8);
        assertArrayEquals(new double[] {1, 6, 3, 4, 2, 8}, Reading.doubles(MEAN.fit(training).apply(training), "input"));
        assertArrayEquals(new float[] {2, 6}, Reading.floats(MEAN.fit(training).apply(data(NAN, NAN)), "input"));
    }

    @Test
    @DisplayName("missing numbers become the median of the others in the training data")
    void median() {
        Dataset training = data(1, 5, NAN, 1, 100, 2, 3, NAN, 2, NAN);
        assertArrayEquals(new double[] {2.5, 2}, Reading.doubles(MEDIAN.fit(training).apply(data(NAN, NAN)), "input"));
        assertArrayEquals(new double[] {7, 2}, Reading.doubles(MEDIAN.fit(data(7, 2)).apply(data(NAN, NAN)), "input"));
    }

    @Test
    @DisplayName("missing numbers become a constant")
    void constant() {
        FillMissing minusOne = Settings.of(FillMissing.class, Map.of("by", "constant", "value", -1));
        assertArrayEquals(new double[] {-1, 2}, Reading.doubles(minusOne.fit(data()).apply(data(NAN, 2)), "input"));
        Dataset single = InMemory.of(ColumnValues.numbers("input", Shape.scalar(), new float[] {Float.NaN, 2}));
        assertArrayEquals(new float[] {-1, 2}, Reading.floats(minusOne.fit(single).apply(single), "input"));
    }

    @Test
    @DisplayName("a feature without any number is an error with the remedy")
    void nothing() {
        for (FillMissing fill : new FillMissing[] {MEAN, MEDIAN}) {
            assertEquals("column 'input' cannot be filled: feature 1 (counted from 0) has no value in the training data; leave the feature out, "
                            + "or set by to constant",
                    assertThrows(DataException.class, () -> fill.fit(data(1, NAN, 2, NAN))).getMessage());
        }
        assertEquals("column 'input' cannot be filled: feature 0 (counted from 0) has a value in the training data that is infinite; leave the "
                        + "feature out, or set by to constant",
                assertThrows(DataException.class, () -> MEAN.fit(data(Double.POSITIVE_INFINITY, 2))).getMessage());
        assertEquals("fill-missing learns from the training data, but that has no rows",
                assertThrows(DataException.class, () -> MEAN.fit(data())).getMessage());
    }

    @Test
    @DisplayName("data of another shape is an error with both shapes")
    void otherShape() {
        Dataset other = InMemory.of(ColumnValues.numbers("input", Shape.of(3), new double[3]));
        assertEquals("fill-missing learned column 'input' from rows of shape [2] and cannot be applied to rows of [3]; give both data sets the "
                        + "same features",
                assertThrows(DataException.class, () -> MEAN.fit(data(1, 2)).apply(other)).getMessage());
    }

    @Test
    @DisplayName("a constant goes with by: constant, and only with it")
    void settings() {
        assertEquals("value is for by: constant; set by to constant, or leave value out", problem(Map.of("value", 1)));
        assertEquals("by: constant needs the constant; set value", problem(Map.of("by", "constant")));
        assertEquals("value must be a finite number, but is Infinity", problem(Map.of("by", "constant", "value", Double.POSITIVE_INFINITY)));
    }

    private static String problem(Map<String, ?> settings) {
        return assertThrows(SettingsException.class, () -> Settings.of(FillMissing.class, settings)).getMessage();
    }

    private static Dataset data(double... values) {
        return InMemory.of(ColumnValues.numbers("input", Shape.of(2), values));
    }
}
