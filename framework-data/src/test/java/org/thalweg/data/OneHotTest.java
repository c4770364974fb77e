package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class OneHotTest {
    private static final OneHot ONE_HOT = Settings.of(OneHot.class, Map.of());

    @Test
    @DisplayName("a class number becomes a row of zeros with a one at its place")
    void ones() {
        Dataset data = data(2, 0, 1);
        Dataset changed = ONE_HOT.fit(data).apply(data);
        assertEquals(new Column("target", DType.FLOAT32, Shape.of(3)), changed.schema().column("target"));
        assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, Reading.floats(changed, "target"));
        assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, Reading.doubles(changed, "target"));
        assertArrayEquals(new double[] {5, 6, 7}, Reading.doubles(changed, "input"));
        assertArrayEquals(new float[] {5, 6, 7}, Reading.floats(changed, "input"));
        assertEquals(3, changed.size());
    }

    @Test
    @DisplayName("the number of classes is the setting, the number of categories, or what the training data has")
    void classes() {
        assertEquals(Shape.of(4), shape(Settings.of(OneHot.class, Map.of("classes", 4)), data(0, 1, 2)));
        Dataset named = InMemory.of(ColumnValues.classes("target", List.of("a", "b", "c"), new int[] {0, 1}));
        assertEquals(Shape.of(3), shape(ONE_HOT, named));
        assertEquals(Shape.of(2, 6), shape(ONE_HOT, InMemory.of(ColumnValues.integers("target", Shape.of(2), new int[] {1, 5}))));
    }

    @Test
    @DisplayName("a class that was not learned is an error with its row when it is read")
    void unknownClass() {
        Dataset changed = ONE_HOT.fit(data(0, 1, 1)).apply(data(1, 0, 3));
        assertEquals("column 'target' has class number 3 in row 2, but one-hot knows the classes 0 to 1; correct the row, or set classes",
                assertThrows(DataException.class, () -> Reading.floats(changed, "target")).getMessage());
    }

    @Test
    @DisplayName("only class numbers can be changed, and are none afterwards")
    void wrongTypes() {
        Dataset data = data(0, 1, 1);
        assertEquals("column 'input' holds FLOAT64, which are no class numbers; choose a column of INT32",
                assertThrows(DataException.class, () -> new OneHot("input", java.util.Optional.empty()).fit(data)).getMessage());
        assertEquals("column 'target' is FLOAT32 after one-hot and cannot be read as INT32",
                assertThrows(IllegalArgumentException.class, () -> Reading.ints(ONE_HOT.fit(data).apply(data), "target")).getMessage());
        Dataset negative = data(-1, -1, -1);
        assertEquals("one-hot learns the number of classes of column 'target' from the training data, but that has none; set classes",
                assertThrows(DataException.class, () -> ONE_HOT.fit(negative)).getMessage());
    }

    @Test
    @DisplayName("data with more categories than were learned is an error")
    void moreCategories() {
        Dataset two = InMemory.of(ColumnValues.classes("target", List.of("a", "b"), new int[] {0, 1}));
        Dataset three = InMemory.of(ColumnValues.classes("target", List.of("a", "b", "c"), new int[] {0, 1}));
        assertEquals("column 'target' has 3 categories, but one-hot learned 2 classes; give both data sets the same categories",
                assertThrows(DataException.class, () -> ONE_HOT.fit(two).apply(three)).getMessage());
    }

    private static Shape shape(OneHot oneHot, Dataset data) {
        return oneHot.fit(data).apply(data).schema().column("target").shape();
    }

    private static Dataset data(int... classes) {
        return InMemory.of(
                ColumnValues.numbers("input", Shape.scalar(), new double[] {5, 6, 7}), ColumnValues.integers("target", Shape.scalar(), classes));
    }
}
