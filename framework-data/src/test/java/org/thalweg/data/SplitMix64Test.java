package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    @Test
    @DisplayName("gives the published numbers for the seed 1234567")
    void publishedNumbers() {
        SplitMix64 random = new SplitMix64(1234567);
        for (String expected : new String[] {
            "6457827717110365317", "3203168211198807973", "9817491932198370423", "4593380528125082431", "16408922859458223821"
        }) {
            assertEquals(expected, Long.toUnsignedString(random.next()));
        }
    }

    @Test
    @DisplayName("bounded numbers come equally often")
    void uniform() {
        SplitMix64 random = new SplitMix64(1);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[random.below(7)]++;
        }
        // Five standard deviations of a binomial count: 5 · √(70000 · 1/7 · 6/7) = 463.
        assertTrue(IntStream.of(counts).allMatch(count -> Math.abs(count - 10_000) < 463), () -> Arrays.toString(counts));
    }

    @Test
    @DisplayName("a shuffle keeps every value")
    void permutation() {
        int[] values = IntStream.range(0, 100).toArray();
        new SplitMix64(3).shuffle(values);
        assertEquals(false, Arrays.equals(values, IntStream.range(0, 100).toArray()));
        assertArrayEquals(IntStream.range(0, 100).toArray(), IntStream.of(values).sorted().toArray());
    }
}
