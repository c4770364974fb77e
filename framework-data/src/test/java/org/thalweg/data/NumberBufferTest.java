package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberBufferTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("numbers are held in the smallest array that has all of them exactly")
    void smallest() throws IOException {
        assertInstanceOf(Values.Bytes.class, of(false, 0, 255));
        assertInstanceOf(Values.Floats.class, of(false, 0, 256));
        assertInstanceOf(Values.Floats.class, of(false, -0.0));
        assertInstanceOf(Values.Floats.class, of(false, 0.5, Double.NaN, 1e30f));
        assertInstanceOf(Values.Doubles.class, of(false, 0.5, 0.1));
        assertInstanceOf(Values.Floats.class, of(true, 0.5, 0.1));
        assertEquals(0, of(false).length());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 300_000, 0})
    @DisplayName("all numbers stay what they are when the first one comes that needs more, wherever that is, in memory and in a file")
    void widening(long limit) throws IOException {
        for (int at : new int[] {0, 1, 65_535, 65_536, 65_537, 199_999}) {
            double[] numbers = IntStream.range(0, 200_000).mapToDouble(i -> i == at ? 0.1 : i).toArray();
            try (ColumnStore store = new ColumnStore(new DataFile(Path.of("numbers.csv")), new Storage(limit, folder))) {
                NumberBuffer buffer = store.column(3, false);
                DoubleStream.of(numbers).forEach(buffer::add);
                store.end();
                assertEquals(limit != Long.MAX_VALUE, store.isInFile());
                Values values = buffer.values();
                assertEquals(numbers.length, values.length());
                double[] read = new double[numbers.length];
                values.copy(0, read, 0, read.length);
                for (int i = 0; i < read.length; i++) {
                    assertEquals(numbers[i], read[i]);
                    assertEquals(numbers[i], values.get(i));
                }
            }
        }
    }

    private Values of(boolean single, double... numbers) throws IOException {
        try (ColumnStore store = new ColumnStore(new DataFile(Path.of("numbers.csv")), new Storage(Long.MAX_VALUE, folder))) {
            NumberBuffer buffer = store.column(1, single);
            DoubleStream.of(numbers).forEach(buffer::add);
            store.end();
            return buffer.values();
        }
    }
}
