package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.Shape;

class SelectTest {
    private static final DataContext HERE = new DataContext(Path.of(""));
    private static final ColumnValues INPUT = ColumnValues.numbers("input", Shape.of(2), new float[] {0, 1, 10, 11, 20, 21, 30, 31, 40, 41});

    private static DataSource named(int... classes) {
        return _ -> InMemory.of(INPUT, ColumnValues.classes("target", List.of("coat", "shirt", "t-shirt"), classes));
    }

    @Test
    @DisplayName("keeps the rows of the classes, numbered as they are listed, under their names")
    void selects() throws IOException {
        Dataset data = new Select(named(1, 0, 2, 1, 0), List.of("t-shirt", "shirt")).open(HERE);

        assertEquals(3, data.size());
        assertEquals(List.of("t-shirt", "shirt"), data.schema().column("target").categories());
        assertArrayEquals(new int[] {1, 0, 1}, Reading.ints(data, "target"));
        assertArrayEquals(new float[] {0, 1, 20, 21, 30, 31}, Reading.floats(data, "input"));
        assertArrayEquals(new double[] {0, 1, 20, 21, 30, 31}, Reading.doubles(data, "input"));
        assertArrayEquals(new double[] {1, 0, 1}, Reading.doubles(data, "target"));
    }

    @Test
    @DisplayName("takes numbers where classes have no names")
    void numbers() throws IOException {
        DataSource unnamed = _ -> InMemory.of(INPUT, ColumnValues.integers("target", Shape.scalar(), new int[] {6, 0, 6, -1, 3}));
        Dataset data = new Select(unnamed, List.of("6", "0")).open(HERE);

        assertArrayEquals(new int[] {0, 1, 0}, Reading.ints(data, "target"));
        assertEquals(List.of("6", "0"), data.schema().column("target").categories());
    }

    @Test
    @DisplayName("says which class there is not")
    void mistakes() {
        assertEquals("there is no class 'shrit'; did you mean 'shirt'; available: coat, shirt, t-shirt", mistake(named(1, 0, 2, 1, 0), "coat", "shrit"));
        assertEquals("no row has the class 't-shirt'; leave it out of classes", mistake(named(1, 0, 1, 1, 0), "coat", "t-shirt"));
        DataSource quantities = _ -> InMemory.of(INPUT, ColumnValues.numbers("target", Shape.scalar(), new float[5]));
        assertEquals("select keeps rows by class, so 'target' must be one class number a row, INT32 [], but it is FLOAT32 []; choose a source of classes",
                mistake(quantities, "0"));
        assertThrows(IllegalArgumentException.class, () -> new Select(quantities, List.of("a", "a")));
        assertThrows(IllegalArgumentException.class, () -> new Select(quantities, List.of()));
    }

    private static String mistake(DataSource from, String... classes) {
        return assertThrows(DataException.class, () -> new Select(from, List.of(classes)).open(HERE)).getMessage();
    }
}
