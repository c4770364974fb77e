package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.Shape;

class StandardiseTest {
    private static final Standardise STANDARDISE = Settings.of(Standardise.class, Map.of());

    @ParameterizedTest(name = "{0}")
    @DisplayName("every feature of the training data gets mean 0 and standard deviation 1, constant ones 0")
    @EnumSource(Bundled.Name.class)
    void meanAndDeviation(Bundled.Name name) throws IOException {
        Dataset data = new Bundled(name).open(new DataContext(Path.of("")));
        double[] before = Reading.doubles(data, "input");
        double[] after = Reading.doubles(STANDARDISE.fit(data).apply(data), "input");
        int features = after.length / data.size();
        for (int j = 0; j < features; j++) {
            double sum = 0;
            double squares = 0;
            boolean constant = true;
            for (int i = j; i < after.length; i += features) {
                sum += after[i];
                squares += after[i] * after[i];
                constant &= before[i] == before[j];
            }
            assertEquals(0, sum / data.size(), 1e-12);
            assertEquals(constant ? 0 : 1, Math.sqrt(squares / data.size()), 1e-12);
        }
    }

    @Test
    @DisplayName("subtracts the mean and divides by the population standard deviation")
    void formula() {
        // Means 3 and 10, deviations √((4 + 4 + 0) / 3) and 0.
        Dataset data = data(1, 10, 5, 10, 3, 10);
        double deviation = Math.sqrt(8.0 / 3);
        Dataset changed = STANDARDISE.fit(data).apply(data);
        assertArrayEquals(new double[] {-2 / deviation, 0, 2 / deviation, 0, 0, 0}, Reading.doubles(changed, "input"), 1e-15);
        assertArrayEquals(
                new float[] {(float) (-2 / deviation), 0, (float) (2 / deviation), 0, 0, 0}, Reading.floats(changed, "input"), 1e-7f);
        assertEquals(data.schema(), changed.schema());
    }

    @Test
    @DisplayName("a constant feature is divided by 1, whatever its value")
    void constant() {
        Dataset data = data(0.1, 1, 0.1, 2, 0.1, 3);
        Dataset other = data(1.1, 2);
        assertArrayEquals(new double[] {1, 0}, Reading.doubles(STANDARDISE.fit(data).apply(other), "input"), 1e-15);
        assertEquals(0, Reading.doubles(STANDARDISE.fit(data).apply(data), "input")[0]);
    }

    @Test
    @DisplayName("what was learned from the training data applies to other data")
    void otherData() {
        Dataset training = data(0, 0, 2, 4);
        assertArrayEquals(new double[] {3, 4}, Reading.doubles(STANDARDISE.fit(training).apply(data(4, 10)), "input"));
    }

    @Test
    @DisplayName("large numbers close to each other keep their differences in single precision")
    void closeNumbers() {
        Dataset data = data(1_700_000_000, 0, 1_700_000_002, 0);
        assertArrayEquals(new float[] {-1, 0, 1, 0}, Reading.floats(STANDARDISE.fit(data).apply(data), "input"));
    }

    @Test
    @DisplayName("single-precision columns are changed in place")
    void singlePrecision() {
        Dataset data = InMemory.of(ColumnValues.numbers("input", Shape.scalar(), new float[] {1, 3}));
        assertArrayEquals(new float[] {-1, 1}, Reading.floats(STANDARDISE.fit(data).apply(data), "input"));
    }

    @Test
    @DisplayName("data of another shape is an error with both shapes")
    void otherShape() {
        Dataset other = InMemory.of(ColumnValues.numbers("input", Shape.of(3), new double[3]));
        Exception e = assertThrows(DataException.class, () -> STANDARDISE.fit(data(1, 2)).apply(other));
        assertEquals(
                "standardise learned column 'input' from rows of shape [2] and cannot be applied to rows of [3]; "
                        + "give both data sets the same features",
                e.getMessage());
    }

    @Test
    @DisplayName("training data without rows is an error")
    void noRows() {
        Exception e = assertThrows(DataException.class, () -> STANDARDISE.fit(data()));
        assertEquals("standardise learns from the training data, but that has no rows", e.getMessage());
    }

    @Test
    @DisplayName("a value that is not finite is an error with its feature")
    void notFinite() {
        Exception e = assertThrows(DataException.class, () -> STANDARDISE.fit(data(1, Double.NaN, 2, 3)));
        assertEquals(
                "column 'input' cannot be standardised: feature 1 (counted from 0) has a value in the training data that is not finite; "
                        + "remove its row, or fill it first with fill-missing",
                e.getMessage());
    }

    private static Dataset data(double... values) {
        return InMemory.of(ColumnValues.numbers("input", Shape.of(2), values));
    }
}
