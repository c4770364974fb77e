package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thalweg.loss.Information.BITS;
import static org.thalweg.loss.Information.NATS;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The figures that textbooks give (Cover and Thomas, Elements of Information Theory, chapter 2). */
class InformationTest {
    @Test
    void eightEqualOutcomesHaveThreeBits() {
        double[] eighths = new double[8];
        Arrays.fill(eighths, 1.0 / 8);
        assertEquals(3, BITS.entropy(eighths), 1e-15);
        assertEquals(3 * Math.log(2), NATS.entropy(eighths), 1e-15);
        assertEquals(8, BITS.perplexity(eighths), 1e-14);
        assertEquals(8, NATS.perplexity(eighths), 1e-14);
    }

    @Test
    void threeOutOfFourHasLessThanOneBit() {
        assertEquals(0.811278124459133, BITS.entropy(0.75, 0.25), 1e-15);
        assertEquals(1, BITS.entropy(0.5, 0.5), 1e-15);
        assertEquals(0, BITS.entropy(1, 0));
    }

    @Test
    void theHorseRaceOfCoverAndThomasHasTwoBits() {
        double[] p = {1 / 2.0, 1 / 4.0, 1 / 8.0, 1 / 16.0, 1 / 64.0, 1 / 64.0, 1 / 64.0, 1 / 64.0};
        assertEquals(2, BITS.entropy(p), 1e-15);
    }

    @Test
    void divergenceIsNotSymmetric() {
        double[] fair = {0.5, 0.5};
        double[] bent = {0.75, 0.25};
        assertEquals(0.20751874963942185, BITS.klDivergence(fair, bent), 1e-15);
        assertEquals(0.18872187554086717, BITS.klDivergence(bent, fair), 1e-15);
    }

    @Test
    void divergenceIsWhatTheWrongCodeCostsMoreAndZeroOnlyForEqualDistributions() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
        for (int i = 0; i < 200; i++) {
            double[] p = distribution(random, 5);
            double[] q = distribution(random, 5);
            assertEquals(BITS.crossEntropy(p, q) - BITS.entropy(p), BITS.klDivergence(p, q), 1e-14);
            assertTrue(BITS.klDivergence(p, q) > 0);
            assertEquals(0, BITS.klDivergence(p, p));
            assertEquals(BITS.jensenShannon(p, q), BITS.jensenShannon(q, p), 1e-15);
            assertTrue(BITS.jensenShannon(p, q) > 0 && BITS.jensenShannon(p, q) <= 1);
        }
    }

    @Test
    void whatAModelExcludesCostsInfinitelyMuch() {
        assertEquals(Double.POSITIVE_INFINITY, NATS.crossEntropy(new double[] {0.5, 0.5}, new double[] {1, 0}));
        assertEquals(Double.POSITIVE_INFINITY, NATS.klDivergence(new double[] {0.5, 0.5}, new double[] {1, 0}));
        assertEquals(0, NATS.crossEntropy(new double[] {1, 0}, new double[] {1, 0}));
    }

    @Test
    void distributionsWithoutCommonOutcomesAreOneBitApart() {
        assertEquals(1, BITS.jensenShannon(new double[] {1, 0}, new double[] {0, 1}), 1e-15);
        assertEquals(0, BITS.jensenShannon(new double[] {0.3, 0.7}, new double[] {0.3, 0.7}));
    }

    @Test
    void theTableOfCoverAndThomasSharesThreeEighthsOfABit() {
        double[][] joint = {
            {1 / 8.0, 1 / 16.0, 1 / 32.0, 1 / 32.0},
            {1 / 16.0, 1 / 8.0, 1 / 32.0, 1 / 32.0},
            {1 / 16.0, 1 / 16.0, 1 / 16.0, 1 / 16.0},
            {1 / 4.0, 0, 0, 0}
        };
        assertEquals(0.375, BITS.mutualInformation(joint), 1e-15);
    }

    @Test
    void independentVariablesTellNothingAndEqualOnesEverything() {
        assertEquals(0, BITS.mutualInformation(new double[][] {{0.06, 0.14}, {0.24, 0.56}}), 1e-15);
        assertEquals(BITS.entropy(0.75, 0.25), BITS.mutualInformation(new double[][] {{0.75, 0}, {0, 0.25}}), 1e-15);
    }

    @Test
    void whatIsNoDistributionIsNamed() {
        assertEquals("p is no distribution: it adds up to 0.75", message(() -> BITS.entropy(0.5, 0.25)));
        assertEquals("p is no distribution: it has the probability -0.5", message(() -> BITS.entropy(1.5, -0.5)));
        assertEquals("p is no distribution: it has the probability NaN", message(() -> BITS.entropy(Double.NaN)));
        assertEquals("p is no distribution: it adds up to 0.0", message(() -> BITS.perplexity()));
        assertEquals(
                "two distributions need the same outcomes, but one has 1 and the other 2",
                message(() -> BITS.klDivergence(new double[] {1}, new double[] {0.5, 0.5})));
    }

    private static String message(Runnable measure) {
        return assertThrows(IllegalArgumentException.class, measure::run).getMessage();
    }

    private static double[] distribution(RandomGenerator random, int outcomes) {
        double[] p = random.doubles(outcomes, 0.01, 1).toArray();
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(x -> x / sum).toArray();
    }
}
