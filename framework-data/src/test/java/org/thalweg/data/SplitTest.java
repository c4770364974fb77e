package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.Shape;

class SplitTest {
    @ParameterizedTest(name = "{0} of {1} rows, stratified {2}, are {3}")
    @DisplayName("the part has exactly the fraction, and both parts cover every row once, ascending")
    @CsvSource({
        "0.1, 150, true, 15", "0.1, 150, false, 15", "0.5, 3, true, 2", "0.5, 3, false, 2", "0.57, 100, true, 57", "0.29, 100, true, 29",
        "0.333, 1000, true, 333", "0.9, 11, true, 10", "0.7, 10, true, 7", "0.01, 101, true, 1"
    })
    void exactAndDisjoint(double fraction, int rows, boolean stratified, int expected) {
        Split split = Split.of(data(IntStream.range(0, rows).map(row -> row * row % 7).toArray()), fraction, stratified, 5);
        assertEquals(expected, split.part().size());
        assertEquals(rows - expected, split.rest().size());
        assertArrayEquals(
                IntStream.range(0, rows).toArray(),
                IntStream.concat(IntStream.of(split.part().rows()), IntStream.of(split.rest().rows())).sorted().toArray());
        for (int[] part : new int[][] {split.part().rows(), split.rest().rows()}) {
            assertArrayEquals(IntStream.of(part).sorted().toArray(), part);
        }
    }

    @ParameterizedTest(name = "fraction {0}")
    @DisplayName("stratified, every class is within one row of its share")
    @ValueSource(doubles = {0.05, 0.1, 0.25, 1.0 / 3, 0.5, 0.617, 0.9})
    void withinOneRow(double fraction) {
        int[] classes = IntStream.range(0, 997).map(row -> (int) Math.sqrt(row % 90)).toArray();
        Dataset data = data(classes);
        int[] all = Reading.classCounts(data);
        for (int seed = 0; seed < 20; seed++) {
            Split split = Split.of(data, fraction, true, seed);
            assertEquals(Math.round(fraction * 997), split.part().size());
            int[] part = Arrays.copyOf(Reading.classCounts(split.part()), all.length);
            for (int number = 0; number < all.length; number++) {
                assertTrue(Math.abs(part[number] - fraction * all[number]) < 1, "class " + number);
            }
        }
    }

    @Test
    @DisplayName("stratified, rows that are left over go to the largest remainders, and to the lower class where they are equal")
    void largestRemainder() {
        // A half of 3, 3, 1 and 1 rows: 1.5, 1.5, 0.5 and 0.5, so that 4 rows are 1 + 1 each and 2 of 4 equal remainders.
        Split split = Split.of(data(0, 0, 0, 1, 1, 1, 2, 3), 0.5, true, 11);
        assertArrayEquals(new int[] {2, 2}, Reading.classCounts(split.part()));
    }

    @Test
    @DisplayName("class numbers may be any integers")
    void anyClassNumbers() {
        Split split = Split.of(data(-1, -1, 1, 1, 1_000_000, 1_000_000), 0.5, true, 0);
        assertArrayEquals(new int[] {-1, 1, 1_000_000}, Reading.ints(split.part(), "target"));
    }

    @Test
    @DisplayName("the same seed chooses the same rows, another seed others")
    void seeded() {
        Dataset data = data(IntStream.range(0, 200).map(row -> row % 3).toArray());
        assertArrayEquals(Split.of(data, 0.2, true, 42).part().rows(), Split.of(data, 0.2, true, 42).part().rows());
        assertFalse(Arrays.equals(Split.of(data, 0.2, true, 42).part().rows(), Split.of(data, 0.2, true, 43).part().rows()));
    }

    @Test
    @DisplayName("a seed means these rows for ever")
    void pinned() {
        Dataset data = data(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
        assertEquals("[2, 3, 4, 8]", Arrays.toString(Split.of(data, 0.4, false, 42).part().rows()));
        assertEquals("[2, 3, 6, 7]", Arrays.toString(Split.of(data, 0.4, true, 42).part().rows()));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @DisplayName("a part that would be empty is an error with the numbers")
    @CsvSource({
        "0.1, 4, 'a fraction of 0.1 splits 4 rows into 0 and 4, but neither part may be empty; change the fraction or take more data'",
        "0.9, 4, 'a fraction of 0.9 splits 4 rows into 4 and 0, but neither part may be empty; change the fraction or take more data'"
    })
    void emptyPart(double fraction, int rows, String message) {
        Exception e = assertThrows(DataException.class, () -> Split.of(data(new int[rows]), fraction, false, 1));
        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a fraction outside 0 to 1 is an error with the fraction")
    @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
    void impossibleFraction(double fraction) {
        Exception e = assertThrows(DataException.class, () -> Split.of(data(0, 1, 2), fraction, false, 1));
        assertEquals("data can be split by a fraction above 0 and below 1, not by " + fraction, e.getMessage());
    }

    @Test
    @DisplayName("stratifying by a number is an error with the remedy")
    void noClasses() {
        Dataset data = InMemory.of(ColumnValues.numbers("target", Shape.scalar(), new double[10]));
        Exception e = assertThrows(DataException.class, () -> Split.of(data, 0.5, true, 1));
        assertEquals(
                "data can be split by class only where 'target' is one class number a row, INT32 [], but it is FLOAT64 []; "
                        + "set stratified to false",
                e.getMessage());
    }

    @Test
    @DisplayName("stratifying data without a target is an error that names the columns there are")
    void noTarget() {
        Dataset data = InMemory.of(ColumnValues.numbers("input", Shape.scalar(), new double[10]));
        Exception e = assertThrows(DataException.class, () -> Split.of(data, 0.5, true, 1));
        assertEquals("there is no column 'target'; the data has [input]", e.getMessage());
    }

    @ParameterizedTest(name = "{0} rows in {1} folds, stratified {2}")
    @DisplayName("folds have every row once, and differ by one row at most, also of each class")
    @CsvSource({"150, 5, true", "150, 5, false", "101, 10, true", "101, 10, false", "7, 7, true", "23, 2, false"})
    void folds(int rows, int k, boolean stratified) {
        Dataset data = data(IntStream.range(0, rows).map(row -> row * row % 7).toArray());
        int[] all = Reading.classCounts(data);
        int[] seen = new int[rows];
        for (int fold = 0; fold < k; fold++) {
            Split split = Split.fold(data, k, fold, stratified, 3);
            assertEquals(rows, split.part().size() + split.rest().size());
            assertTrue(split.part().size() == rows / k || split.part().size() == rows / k + 1);
            IntStream.of(split.part().rows()).forEach(row -> seen[row]++);
            int[] counts = Arrays.copyOf(Reading.classCounts(split.part()), all.length);
            for (int number = 0; stratified && number < all.length; number++) {
                assertTrue(Math.abs(counts[number] - (double) all[number] / k) < 1, "class " + number);
            }
        }
        assertTrue(IntStream.of(seen).allMatch(count -> count == 1));
    }

    @Test
    @DisplayName("a seed means these folds for ever")
    void pinnedFold() {
        Dataset data = data(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
        assertEquals("[2, 3, 6, 7]", Arrays.toString(Split.fold(data, 3, 0, false, 42).part().rows()));
        assertEquals("[3, 4, 5, 7]", Arrays.toString(Split.fold(data, 3, 0, true, 42).part().rows()));
    }

    @Test
    @DisplayName("folds that cannot be are errors with the numbers")
    void noSuchFold() {
        assertEquals("data of 3 rows can be split into 2 to 3 folds, not into 4; change k", message(() -> Split.fold(data(0, 1, 0), 4, 0, false, 1)));
        assertEquals("data of 3 rows can be split into 2 to 3 folds, not into 1; change k", message(() -> Split.fold(data(0, 1, 0), 1, 0, false, 1)));
        assertEquals("there is no fold 3 of 3; they are numbered from 0 to 2", message(() -> Split.fold(data(0, 1, 0), 3, 3, false, 1)));
    }

    @Test
    @DisplayName("rows are split by a number or by a category")
    void byColumn() {
        Dataset data = InMemory.of(
                ColumnValues.numbers("year", Shape.scalar(), new double[] {2020, 2021, 2020.5, 2021}),
                ColumnValues.classes("use", List.of("train", "test", "none"), new int[] {0, 1, 1, 0}));
        assertArrayEquals(new int[] {1, 3}, Split.byColumn(data, "year", 2021).part().rows());
        assertArrayEquals(new int[] {0, 2}, Split.byColumn(data, "year", 2021).rest().rows());
        assertArrayEquals(new int[] {1, 2}, Split.byColumn(data, "use", 1).part().rows());
        assertArrayEquals(new int[] {1, 2}, Split.byColumn(data, "use", "test").part().rows());
        assertEquals("no row has 2022.0 in column 'year', but neither part may be empty; choose another value",
                message(() -> Split.byColumn(data, "year", 2022)));
        assertEquals("no row has 'none' in column 'use', but neither part may be empty; choose another value",
                message(() -> Split.byColumn(data, "use", "none")));
        assertArrayEquals(new int[] {1, 2, 3}, Split.byColumn(data, "year", List.of("2021", "2020.5")).part().rows());
        assertArrayEquals(new int[] {0, 3}, Split.byColumn(data, "use", List.of("train")).part().rows());
        assertEquals("every row has 'train' or 'test' in column 'use', but neither part may be empty; choose another value",
                message(() -> Split.byColumn(data, "use", List.of("train", "test"))));
        assertEquals("column 'year' holds numbers, but 'late' is none; choose a number", message(() -> Split.byColumn(data, "year", List.of("late"))));
        assertEquals("column 'use' has no category 'tests'; did you mean 'test'; available: none, test, train",
                message(() -> Split.byColumn(data, "use", "tests")));
        assertEquals("every row has 1 in column 'target', but neither part may be empty; choose another value",
                message(() -> Split.byColumn(data(1, 1), "target", 1)));
        assertEquals("data can be split by a column only where it has one value a row, but 'x' has the shape [2]; choose another column",
                message(() -> Split.byColumn(InMemory.of(ColumnValues.numbers("x", Shape.of(2), new double[4])), "x", 1)));
    }

    private static String message(Executable action) {
        return assertThrows(DataException.class, action).getMessage();
    }

    private static Dataset data(int... classes) {
        return InMemory.of(ColumnValues.integers("target", Shape.scalar(), classes));
    }
}
