package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.tensor.Shape;

class SubsetTest {
    private static final Dataset DATA = InMemory.of(
            ColumnValues.numbers("input", Shape.of(2), new double[] {0, 1, 10, 11, 20, 21, 30, 31}),
            ColumnValues.integers("target", Shape.scalar(), new int[] {0, 1, 2, 3}));

    @Test
    @DisplayName("has the chosen rows in the chosen order, in all three types")
    void chosenRows() {
        Subset subset = Subset.of(DATA, 3, 0, 3);
        assertEquals(3, subset.size());
        assertEquals(DATA.schema(), subset.schema());
        assertArrayEquals(new double[] {30, 31, 0, 1, 30, 31}, Reading.doubles(subset, "input"));
        assertArrayEquals(new float[] {30, 31, 0, 1, 30, 31}, Reading.floats(subset, "input"));
        assertArrayEquals(new int[] {3, 0, 3}, Reading.ints(subset, "target"));
    }

    @Test
    @DisplayName("reads from the position asked for")
    void fromPosition() {
        int[] target = new int[1];
        Subset.of(DATA, 3, 1).read(1, new int[] {0, 1}, 1, 1, target);
        assertArrayEquals(new int[] {1}, target);
    }

    @Test
    @DisplayName("of a subset counts rows of that subset")
    void nested() {
        assertArrayEquals(new int[] {1}, Reading.ints(Subset.of(Subset.of(DATA, 3, 1), 1), "target"));
    }

    @Test
    @DisplayName("does not change with the array that named the rows")
    void copiesRows() {
        int[] rows = {1, 2};
        Subset subset = Subset.of(DATA, rows);
        rows[0] = 3;
        subset.rows()[0] = 3;
        assertArrayEquals(new int[] {1, 2}, subset.rows());
    }

    @Test
    @DisplayName("refuses a row that the data does not have")
    void noSuchRow() {
        assertThrows(IndexOutOfBoundsException.class, () -> Subset.of(DATA, 0, 4));
    }

    @Test
    @DisplayName("leaves the data open for the other views of it")
    void doesNotClose() {
        boolean[] closed = {false};
        Dataset closeable = new Dataset() {
            @Override
            public Schema schema() {
                return DATA.schema();
            }

            @Override
            public int size() {
                return 4;
            }

            @Override
            public void read(int column, int[] rows, int from, int count, float[] target) {}

            @Override
            public void read(int column, int[] rows, int from, int count, double[] target) {}

            @Override
            public void read(int column, int[] rows, int from, int count, int[] target) {}

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        Subset.of(closeable, 1).close();
        new Scale(2, 0, "input").fit(closeable).apply(closeable).close();
        assertFalse(closed[0]);
    }
}
