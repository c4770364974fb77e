package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NumberBufferTest {
    @Test
    @DisplayName("numbers are held in the smallest array that has all of them exactly")
    void smallest() {
        assertInstanceOf(Values.Bytes.class, of(false, 0, 255).values());
        assertInstanceOf(Values.Floats.class, of(false, 0, 256).values());
        assertInstanceOf(Values.Floats.class, of(false, -0.0).values());
        assertInstanceOf(Values.Floats.class, of(false, 0.5, Double.NaN, 1e30f).values());
        assertInstanceOf(Values.Doubles.class, of(false, 0.5, 0.1).values());
        assertInstanceOf(Values.Floats.class, of(true, 0.5, 0.1).values());
        assertEquals(0, of(false).values().length());
    }

    @Test
    @DisplayName("all numbers stay what they are when the first one comes that needs more, wherever that is")
    void widening() {
        for (int at : new int[] {0, 1, 65_535, 65_536, 65_537, 199_999}) {
            double[] numbers = IntStream.range(0, 200_000).mapToDouble(i -> i == at ? 0.1 : i).toArray();
            NumberBuffer buffer = of(false, numbers);
            assertEquals(numbers.length, buffer.size());
            double[] read = new double[numbers.length];
            buffer.values().copy(0, read, 0, read.length);
            for (int i = 0; i < read.length; i++) {
                assertEquals(numbers[i], read[i]);
                assertEquals(numbers[i], buffer.get(i));
            }
        }
    }

    private static NumberBuffer of(boolean single, double... numbers) {
        NumberBuffer buffer = new NumberBuffer(new DataFile(Path.of("numbers.csv")), single);
        DoubleStream.of(numbers).forEach(buffer::add);
        return buffer;
    }
}
