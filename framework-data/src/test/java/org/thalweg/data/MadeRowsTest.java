package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.Shape;

/** Triplets and strips, and the parts of a source that they are made of. */
class MadeRowsTest {
    private static final DataContext HERE = new DataContext(Path.of("."));

    /** Rows of one pixel whose grey level is their number from 1; the class is the number modulo 3. */
    private static DataSource numbered(int rows) {
        return context -> InMemory.of(ColumnValues.numbers("input", Shape.of(1, 1), IntStream.rangeClosed(1, rows).asDoubleStream().toArray()),
                ColumnValues.classes("target", List.of("a", "b", "c"), IntStream.rangeClosed(1, rows).map(row -> row % 3).toArray()));
    }

    @Test
    void a_triplet_has_another_row_of_the_class_and_one_of_another() throws IOException {
        Dataset data = new Triplets(numbered(12), 3, 5).open(HERE);
        assertEquals(List.of("anchor", "positive", "negative", "target"), data.schema().names());
        assertEquals(36, data.size());
        int[] anchors = column(data, "anchor");
        int[] positives = column(data, "positive");
        int[] negatives = column(data, "negative");
        int[] targets = column(data, "target");
        for (int i = 0; i < data.size(); i++) {
            assertEquals(1 + i % 12, anchors[i]);
            assertEquals(anchors[i] % 3, targets[i]);
            assertEquals(anchors[i] % 3, positives[i] % 3);
            assertNotEquals(anchors[i], positives[i]);
            assertNotEquals(anchors[i] % 3, negatives[i] % 3);
        }
        assertArrayEquals(positives, column(new Triplets(numbered(12), 3, 5).open(HERE), "positive"));
        assertTrue(Set.of(1, 2, 3).size() < IntStream.of(positives).distinct().count(), "they are drawn");
    }

    @Test
    void a_class_of_one_row_has_no_triplets() {
        assertEquals("triplets need two rows of every class at least, but class 0 has only row 2; leave it out, or add rows",
                assertThrows(DataException.class, () -> new Triplets(numbered(4), 1, 5).open(HERE)).getMessage());
    }

    @Test
    void a_strip_is_its_images_with_gaps_and_says_how_long_it_is() throws IOException {
        Dataset data = new Strips(numbered(9), 50, 2, 4, 1, 1, 3).open(HERE);
        assertEquals(Shape.of(9, 1), data.schema().column("input").shape());
        int[] pixels = column(data, "input");
        int[] targets = column(data, "target");
        Set<Integer> lengths = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            int length = column(data, "targetLengths")[i];
            lengths.add(length);
            int[] found = IntStream.range(i * 9, i * 9 + 9).map(at -> pixels[at]).filter(pixel -> pixel > 0).map(pixel -> pixel % 3 + 1).toArray();
            int[] said = IntStream.range(i * 4, i * 4 + length).map(at -> targets[at]).toArray();
            assertArrayEquals(said, found);
            int end = column(data, "inputLengths")[i];
            assertTrue(end >= length && IntStream.range(i * 9 + end, i * 9 + 9).allMatch(at -> pixels[at] == 0), "strip " + i);
        }
        assertEquals(Set.of(2, 3, 4), lengths);
    }

    @Test
    void frames_hold_several_columns_of_pixels() throws IOException {
        Dataset single = new Strips(numbered(9), 5, 2, 4, 1, 1, 3).open(HERE);
        Dataset paired = new Strips(numbered(9), 5, 2, 4, 1, 2, 3).open(HERE);
        assertEquals(Shape.of(5, 2), paired.schema().column("input").shape());
        assertArrayEquals(IntStream.of(column(single, "input")).filter(pixel -> pixel > 0).toArray(),
                IntStream.of(column(paired, "input")).filter(pixel -> pixel > 0).toArray());
        assertArrayEquals(IntStream.of(column(single, "inputLengths")).map(length -> (length + 1) / 2).toArray(), column(paired, "inputLengths"));
    }

    @Test
    void the_parts_of_a_source_share_no_row() throws IOException {
        Set<Integer> rows = new HashSet<>();
        for (int row : column(new SplitPart(numbered(30), Part.TRAIN, 0.2, true, 4).open(HERE), "input")) {
            rows.add(row);
        }
        assertEquals(24, rows.size());
        for (int row : column(new SplitPart(numbered(30), Part.TEST, 0.2, true, 4).open(HERE), "input")) {
            assertTrue(rows.add(row), "row " + row + " is in both parts");
        }
        assertEquals(30, rows.size());
    }

    private static int[] column(Dataset data, String name) {
        int column = data.schema().indexOf(name);
        int[] rows = IntStream.range(0, data.size()).toArray();
        double[] values = new double[(int) data.schema().columns().get(column).shape().size() * rows.length];
        data.read(column, rows, 0, rows.length, values);
        return IntStream.range(0, values.length).map(i -> (int) values[i]).toArray();
    }
}
