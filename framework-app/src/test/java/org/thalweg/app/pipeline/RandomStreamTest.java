package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    private static RandomStream stream(long seed, String name) {
        return new RandomStream(seed, RandomStream.number("init", name), 0);
    }

    @Test
    void aStreamIsAFunctionOfSeedPurposeAndName() {
        assertEquals(stream(1, "0.weight").nextLong(), stream(1, "0.weight").nextLong());
        assertNotEquals(stream(1, "0.weight").nextLong(), stream(2, "0.weight").nextLong());
        assertNotEquals(stream(1, "0.weight").nextLong(), stream(1, "1.weight").nextLong());
        assertNotEquals(RandomStream.number("init", "0"), RandomStream.number("uniform", "0"));
    }

    @Test
    void streamNumbersStayTheSameFromVersionToVersion() {
        assertEquals(0xCC6F2EBF59355901L, RandomStream.number("init", "0.weight"));
    }

    @Test
    void gaussianNumbersHaveMeanZeroAndVarianceOne() {
        RandomStream random = stream(42, "0.weight");
        double[] numbers = DoubleStream.generate(random::nextGaussian).limit(100_000).toArray();
        assertEquals(0, DoubleStream.of(numbers).average().orElseThrow(), 0.01);
        assertEquals(1, DoubleStream.of(numbers).map(x -> x * x).average().orElseThrow(), 0.02);
    }

    @Test
    void everyBitOfALongIsSetHalfOfTheTime() {
        RandomStream random = stream(42, "0.weight");
        int[] counts = new int[64];
        for (int i = 0; i < 10_000; i++) {
            long word = random.nextLong();
            for (int bit = 0; bit < 64; bit++) {
                counts[bit] += (int) (word >>> bit & 1);
            }
        }
        for (int bit = 0; bit < 64; bit++) {
            assertEquals(5_000, counts[bit], 250, "bit " + bit);
        }
    }
}
