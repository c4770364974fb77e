package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class InMemoryTest {
    private static final Dataset XOR = InMemory.of(
            ColumnValues.numbers("input", Shape.of(2), new float[] {0, 0, 0, 1, 1, 0, 1, 1}),
            ColumnValues.classes("target", List.of("same", "different"), new int[] {0, 1, 1, 0}));

    @Test
    @DisplayName("the schema says name, type, shape and categories of every column")
    void schema() {
        assertEquals(4, XOR.size());
        assertEquals(
                List.of(new Column("input", DType.FLOAT32, Shape.of(2)),
                        new Column("target", DType.INT32, Shape.scalar(), List.of("same", "different"))),
                XOR.schema().columns());
    }

    @Test
    @DisplayName("rows are read in the order asked for, from the position asked for, repeated or not")
    void anyOrder() {
        float[] values = {9, 9, 9, 9, 9, 9, 9};
        XOR.read(0, new int[] {0, 3, 1, 3}, 1, 3, values);
        assertArrayEquals(new float[] {1, 1, 0, 1, 1, 1, 9}, values);
    }

    @Test
    @DisplayName("every kind of column reads as float and as double, and the whole ones as int")
    void conversions() {
        Dataset data = InMemory.of(
                ColumnValues.numbers("floats", Shape.scalar(), new float[] {0.5f, -2}),
                ColumnValues.numbers("doubles", Shape.scalar(), new double[] {0.1, -2}),
                ColumnValues.unsignedBytes("bytes", Shape.scalar(), new byte[] {(byte) 200, 7}),
                ColumnValues.integers("ints", Shape.scalar(), new int[] {-5, 7}));
        assertArrayEquals(new float[] {0.5f, -2}, Reading.floats(data, "floats"));
        assertArrayEquals(new double[] {0.5, -2}, Reading.doubles(data, "floats"));
        assertArrayEquals(new float[] {0.1f, -2}, Reading.floats(data, "doubles"));
        assertArrayEquals(new double[] {0.1, -2}, Reading.doubles(data, "doubles"));
        assertArrayEquals(new float[] {200, 7}, Reading.floats(data, "bytes"));
        assertArrayEquals(new double[] {200, 7}, Reading.doubles(data, "bytes"));
        assertArrayEquals(new float[] {-5, 7}, Reading.floats(data, "ints"));
        assertArrayEquals(new double[] {-5, 7}, Reading.doubles(data, "ints"));
        assertArrayEquals(new int[] {-5, 7}, Reading.ints(data, "ints"));
    }

    @Test
    @DisplayName("a column of numbers cannot be read as integers")
    void numbersAreNotIntegers() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Reading.ints(XOR, "input"));
        assertEquals("column 'input' is FLOAT32 and cannot be read as INT32", e.getMessage());
    }

    @Test
    @DisplayName("a row that does not exist is out of bounds")
    void noSuchRow() {
        assertThrows(IndexOutOfBoundsException.class, () -> XOR.read(0, new int[] {4}, 0, 1, new float[2]));
        assertThrows(IndexOutOfBoundsException.class, () -> XOR.read(1, new int[] {-1}, 0, 1, new int[1]));
    }

    @Test
    @DisplayName("columns with different numbers of rows are an error that names both")
    void unequalColumns() {
        Exception e = assertThrows(DataException.class, () -> InMemory.of(
                ColumnValues.numbers("input", Shape.of(2), new float[6]), ColumnValues.integers("target", Shape.scalar(), new int[4])));
        assertEquals("column 'target' has 4 rows, but column 'input' has 3; every column needs a value for every row", e.getMessage());
    }

    @Test
    @DisplayName("values that do not make whole rows are an error with the shape")
    void brokenRows() {
        Exception e = assertThrows(DataException.class, () -> ColumnValues.numbers("input", Shape.of(2, 2), new double[6]));
        assertEquals(
                "column 'input' has 6 values, which do not make whole rows of shape [2, 2]; check the shape and the array", e.getMessage());
        assertThrows(DataException.class, () -> ColumnValues.numbers("input", Shape.of(0), new double[0]));
    }

    @Test
    @DisplayName("a class number without a name is an error with its row")
    void unnamedClass() {
        Exception e =
                assertThrows(DataException.class, () -> ColumnValues.classes("target", List.of("a", "b"), new int[] {0, 2}));
        assertEquals(
                "column 'target' has class number 2 in row 1, but 2 classes are named; number them from 0 to 1", e.getMessage());
    }

    @Test
    @DisplayName("a data set without columns is an error")
    void noColumns() {
        assertEquals("a data set needs at least one column", assertThrows(DataException.class, () -> InMemory.of()).getMessage());
    }
}
