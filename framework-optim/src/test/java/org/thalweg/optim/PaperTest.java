package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.testkit.Trajectory;

/** Optimizers that PyTorch 1.13 lacks: first steps worked out by hand from the paper, and fifty against a transcription in plain loops. */
class PaperTest {
    private static final double[] START = {1.5, -0.7, 0.2, 2, -1.1, 0.4};

    private static final Sgd SGD = new Sgd(0.1, 0, 0, false, 0);

    private record Case(String name, Optimizer optimizer, Shape shape, Transcription paper) {
        @Override
        public String toString() {
            return name + " " + shape;
        }
    }

    static Stream<Case> cases() {
        Shape wide = Shape.of(2, 3);
        Shape tall = Shape.of(3, 2);
        Optimizer adamw = new AdamW(0.01, 0.9, 0.999, 1e-8, 0, false);
        return Stream.of(
                new Case("lion", new Lion(0.01, 0.9, 0.99, 0.1), wide, Transcription.lion(0.01, 0.9, 0.99, 0.1, 6)),
                new Case("lamb", new Lamb(0.02, 0.9, 0.99, 1e-6, 0.1), wide, Transcription.lamb(0.02, 0.9, 0.99, 1e-6, 0.1, 6)),
                new Case("lars", new Lars(2, 0.9, 0.05, 0.01), wide, Transcription.lars(2, 0.9, 0.05, 0.01, 6)),
                new Case("adabelief", new AdaBelief(0.02, 0.9, 0.99, 1e-12, 0.1), wide,
                        Transcription.adaBelief(0.02, 0.9, 0.99, 1e-12, 0.1, 6)),
                new Case("yogi", new Yogi(0.02, 0.9, 0.99, 1e-3, 1e-6, 0.1), wide, Transcription.yogi(0.02, 0.9, 0.99, 1e-3, 1e-6, 0.1, 6)),
                new Case("schedule-free-sgd", new ScheduleFreeSgd(0.05, 0.9, 0.1), wide,
                        Transcription.scheduleFreeSgd(0.05, 0.9, 0.1, START)),
                new Case("schedule-free-adamw", new ScheduleFreeAdamW(0.05, 0.9, 0.99, 1e-8, 0.1), wide,
                        Transcription.scheduleFreeAdamW(0.05, 0.9, 0.99, 1e-8, 0.1, START)),
                new Case("adafactor", new Adafactor(0.05, -0.8, 1e-3, 1, 0.1), wide,
                        Transcription.adafactor(0.05, 0.1, -0.8, 1e-3, 1, 2, 3)),
                new Case("muon", new Muon(0.02, 0.95, true, 0.1, 5, adamw), wide, Transcription.muon(0.02, 0.95, 0.1, 5, 2, 3)),
                new Case("muon", new Muon(0.02, 0.95, true, 0.1, 5, adamw), tall, Transcription.muon(0.02, 0.95, 0.1, 5, 3, 2)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fiftyStepsAreThoseOfThePaper(Case given) {
        Trajectory trajectory = new Trajectory(given.optimizer, given.shape, DType.FLOAT64, START);
        double[] paper = START.clone();
        Random random = new Random(7);
        for (int t = 1; t <= 50; t++) {
            double[] gradient = random.doubles(6, -1, 1).toArray();
            given.paper.step(paper, gradient, t);
            GoldenCases.assertClose(paper, trajectory.step(gradient), 1e-12, "parameter after step " + t);
        }
    }

    @Test
    void lionStepsByTheSignOfItsMomentum() {
        Trajectory lion = new Trajectory(new Lion(0.1, 0.5, 0.75, 0.5), 1);
        // u = sign(0.5 * 0 + 0.5 * 4) = 1; p = 1 - 0.1 (1 + 0.5 * 1); m = 0.25 * 4 = 1.
        assertEquals(0.85, lion.step(4)[0], 1e-15);
        // u = sign(0.5 * 1 - 0.5 * 0.5) = 1, against the new gradient; m = 0.75 - 0.125.
        assertEquals(0.85 - 0.1 * (1 + 0.5 * 0.85), lion.step(-0.5)[0], 1e-15);
        assertArrayEquals(new double[] {0.625}, lion.state().get("m"), 1e-15);
    }

    @Test
    void lambStepsByAShareOfTheParametersNorm() {
        Trajectory lamb = new Trajectory(new Lamb(0.1, 0.9, 0.999, 0, 0), 3, 4);
        // mHat / sqrt(vHat) is the sign at the first step: u = (1, -1), |p| / |u| = 5 / sqrt(2).
        double move = 0.1 * 5 / Math.sqrt(2);
        assertArrayEquals(new double[] {3 - move, 4 + move}, lamb.step(7, -0.01), 1e-12);
        // With gradients of zero, m = 0.9 (0.1 g) and v = 0.999 (0.001 g^2): the direction is the same, and so is its length.
        double next = 0.1 * Math.hypot(3 - move, 4 + move) / Math.sqrt(2);
        assertArrayEquals(new double[] {3 - move - next, 4 + move + next}, lamb.step(0, 0), 1e-12);
    }

    @Test
    void lambLeavesOutTheQuotientWhereThereIsNone() {
        assertArrayEquals(new double[] {-0.1}, new Trajectory(new Lamb(0.1, 0.9, 0.999, 0, 0), 0).step(2), 1e-15);
        assertArrayEquals(new double[] {5}, new Trajectory(new Lamb(0.1, 0.9, 0.999, 1e-6, 0), 5).step(0));
    }

    @Test
    void larsSetsTheRateOfATensorByItsNorm() {
        Trajectory lars = new Trajectory(new Lars(2, 0.5, 0.1, 0.01), 3, 4);
        // |p| = 5, |g| = 10: local = 0.01 * 5 / (10 + 0.1 * 5) = 0.05 / 10.5; v = 2 local (g + 0.1 p) = 2 local (6.3, 8.4) = (0.06, 0.08).
        assertArrayEquals(new double[] {2.94, 3.92}, lars.step(6, 8), 1e-12);
        // |p| = 4.9, g = 0: local = 0.01 / 0.1; v = 0.5 (0.06, 0.08) + 2 * 0.1 * 0.1 p = (0.03, 0.04) + 0.02 p.
        assertArrayEquals(new double[] {2.94 - 0.03 - 0.0588, 3.92 - 0.04 - 0.0784}, lars.step(0, 0), 1e-12);
    }

    @Test
    void adaBeliefDividesByTheSurprise() {
        Trajectory belief = new Trajectory(new AdaBelief(0.1, 0.5, 0.75, 0, 0), 1);
        // m = 2, s = 0.25 (4 - 2)^2 = 1; mHat = 4, sHat = 1 / 0.25 = 4.
        assertEquals(1 - 0.1 * 4 / 2, belief.step(4)[0], 1e-15);
        // m = 1 + 2 = 3, s = 0.75 + 0.25 (4 - 3)^2 = 1; mHat = 3 / 0.75 = 4, sHat = 1 / (1 - 0.5625).
        assertEquals(0.8 - 0.1 * 4 / Math.sqrt(1 / 0.4375), belief.step(4)[0], 1e-15);
    }

    @Test
    void yogiMovesItsMeanSquareByAShareOfTheGradient() {
        Trajectory yogi = new Trajectory(new Yogi(0.1, 0.5, 0.75, 0, 1, 0), 1);
        // v = 1 - 0.25 sign(1 - 16) 16 = 5; m = 2.
        assertEquals(1 - 0.2 / Math.sqrt(5), yogi.step(4)[0], 1e-15);
        // v = 5 - 0.25 sign(5 - 1) 1 = 4.75; m = 1 + 0.5.
        assertEquals(1 - 0.2 / Math.sqrt(5) - 0.15 / Math.sqrt(4.75), yogi.step(1)[0], 1e-15);
    }

    @Test
    void scheduleFreeSgdTakesGradientsBetweenIterateAndAverage() {
        Trajectory free = new Trajectory(new ScheduleFreeSgd(0.5, 0.75, 0), 1);
        // z = 1 - 0.5 * 2 = 0; c = 1, x = 0; y = 0.
        assertEquals(0, free.step(2)[0], 1e-15);
        // z = 0 - 0.5 * 4 = -2; c = 1/2, x = -1; y = 0.25 * -2 + 0.75 * -1.
        assertEquals(-1.25, free.step(4)[0], 1e-15);
        assertEquals(-1, free.evaluated()[0], 1e-15);
        // z = -2 + 0.5 = -1.5; c = 1/3, x = -2/3 - 0.5; y = -0.375 - 0.875.
        assertEquals(-1.25, free.step(-1)[0], 1e-15);
        assertEquals(-7 / 6.0, free.evaluated()[0], 1e-15);
    }

    @Test
    void scheduleFreeWeighsStepsByTheSquareOfTheirRates() {
        Trajectory free = new Trajectory(new ScheduleFreeSgd(1, 0.5, 0), 0);
        // A rate of 0 moves nothing and counts for nothing.
        assertEquals(0, free.at(0).step(1)[0]);
        // z = -1, c = 1, x = -1; then z = -1 - 3 = -4, c = 9 / (1 + 9), x = -0.1 - 3.6.
        free.at(1).step(1);
        free.at(3).step(1);
        assertEquals(-3.7, free.evaluated()[0], 1e-15);
    }

    @Test
    void scheduleFreeAdamWTakesTheFirstStepOfAdam() {
        Trajectory free = new Trajectory(new ScheduleFreeAdamW(0.1, 0.75, 0.96, 0, 0), 1);
        // v = 0.04 * 25 = 1, rate = 0.1 sqrt(0.04) = 0.02; z = 1 - 0.02 * 5 / 1 = 0.9 = x = y.
        assertEquals(0.9, free.step(5)[0], 1e-14);
        // v = 0.96, rate = 0.1 sqrt(1 - 0.9216) = 0.028; c = 0.0784 / (0.04 + 0.0784); z stays, and so do x and y.
        assertEquals(0.9, free.step(0)[0], 1e-14);
    }

    @Test
    void adafactorFactorsTheMeanSquare() {
        // At step 1 the share is 1: rows (mean of 1, 4 and of 9, 36) are 2.5 and 22.5, columns 5 and 20, their mean 12.5.
        // v = R C / 12.5 = (1, 4; 9, 36), exact since g^2 has rank 1; u is all signs, of root mean square 1.
        // a = RMS(p) * lr = 2 * 0.1.
        Trajectory factor = new Trajectory(new Adafactor(0.1, -0.8, 1e-3, 1, 0), Shape.of(2, 2), DType.FLOAT64, 2, 2, 2, 2);
        assertArrayEquals(new double[] {1.8, 2.2, 1.8, 2.2}, factor.step(1, -2, 3, -6), 1e-12);
        assertArrayEquals(new double[] {2.5, 22.5}, factor.state().get("rows"), 1e-12);
        assertArrayEquals(new double[] {5, 20}, factor.state().get("columns"), 1e-12);
    }

    @Test
    void adafactorClipsItsUpdateAndKeepsVForVectors() {
        Trajectory factor = new Trajectory(new Adafactor(0.1, -1, 1e-3, 1, 0), 0, 0);
        // p = 0: a = 1e-3 * 0.1; u = (1, 1).
        assertArrayEquals(new double[] {-1e-4, -1e-4}, factor.step(1, 2), 1e-15);
        // share = 1/2: v = (0.5 + 4.5, 2), u = 3 / sqrt(5), 0; RMS(u) = sqrt(0.9) is not clipped. a = 1e-4.
        assertArrayEquals(new double[] {-1e-4 - 1e-4 * 3 / Math.sqrt(5), -1e-4}, factor.step(3, 0), 1e-15);
        // share = 1/3: v = (10/3, 4/3 + 12), u = (0, 6 / sqrt(40/3)), RMS(u) = sqrt(1.35): clipped to u = (0, sqrt(2)).
        assertEquals(-1e-4 - 1e-4 * Math.sqrt(2), factor.step(0, 6)[1], 1e-15);
    }

    @Test
    void muonMakesTheMomentumOrthogonal() {
        // g = (2, 0; 0, 1): b = 0.5 g, u = 0.5 g + 0.25 g, X = (2, 0; 0, 1) / sqrt(5), which stays diagonal: the iteration acts on each
        // number.
        Muon settings = new Muon(0.1, 0.5, true, 0.5, 2, SGD);
        Trajectory muon = new Trajectory(settings, Shape.of(2, 2), DType.FLOAT64, 1, 1, 1, 1);
        DoubleUnaryOperator once = x -> 3.4445 * x - 4.7750 * x * x * x + 2.0315 * x * x * x * x * x;
        DoubleUnaryOperator twice = x -> once.applyAsDouble(once.applyAsDouble(x));
        double first = 0.95 - 0.1 * twice.applyAsDouble(2 / Math.sqrt(5));
        double last = 0.95 - 0.1 * twice.applyAsDouble(1 / Math.sqrt(5));
        double[] wanted = {first, 0.95, 0.95, last};
        assertArrayEquals(wanted, muon.step(2, 0, 0, 1), 1e-12);
    }

    @Test
    void muonDrivesTheSingularValuesToAboutOne() {
        // Of a 4 x 2 matrix: lr sqrt(4 / 2) times numbers between 0.7 and 1.2, whatever the gradient's scale.
        Trajectory muon = new Trajectory(new Muon(1, 0, false, 0, 5, SGD), Shape.of(4, 2), DType.FLOAT64, new double[8]);
        double[] p = muon.step(100, 0, 0, 0, 0, 0, 0, 30);
        assertEquals(-1, p[0] / Math.sqrt(2), 0.3);
        assertEquals(-1, p[7] / Math.sqrt(2), 0.3);
    }

    @Test
    void muonLeavesOtherParametersToItsOtherOptimizerUnderTheSameSchedule() {
        Trajectory muon = new Trajectory(new Muon(0.5, 0.95, true, 0.1, 5, SGD), 1);
        assertEquals(0.9, muon.step(1)[0], 1e-15);
        assertEquals(0.88, muon.at(0.1).step(1)[0], 1e-15);
    }

    @Test
    void lookaheadGoesPartOfTheWayEveryKSteps() {
        Trajectory lookahead = new Trajectory(new Lookahead(new Sgd(1, 0, 0, false, 0), 3, 0.25), 0);
        assertEquals(-1, lookahead.step(1)[0]);
        assertEquals(-2, lookahead.step(1)[0]);
        // -4 by sgd: a quarter of the way from 0.
        assertEquals(-1, lookahead.step(2)[0]);
        assertEquals(-2, lookahead.step(1)[0]);
        assertEquals(-3, lookahead.step(1)[0]);
        // -9 by sgd: from -1 a quarter of the way.
        assertEquals(-3, lookahead.step(6)[0]);
    }

    @Test
    void lookaheadKeepsTheStateOfItsOptimizer() {
        Trajectory inside = new Trajectory(new Lookahead(new Lookahead(new Momentum(0.1, 0.9), 2, 1), 2, 1), 1);
        Trajectory plain = new Trajectory(new Momentum(0.1, 0.9), 1);
        for (int step = 0; step < 6; step++) {
            assertArrayEquals(plain.step(step), inside.step(step), 1e-15);
        }
        assertEquals(Set.of("slow", "fast.slow", "fast.fast.velocity"), inside.state().keySet());
    }

    @Test
    void theMovingAverageIsEvaluatedAndDisturbsNothing() {
        Trajectory average = new Trajectory(new ExponentialMovingAverage(new Sgd(1, 0, 0, false, 0), 0.75), 4);
        assertEquals(4, average.evaluated()[0]);
        assertEquals(0, average.step(4)[0]);
        assertEquals(3, average.evaluated()[0]);
        assertEquals(-1, average.step(1)[0]);
        assertEquals(0.75 * 3 - 0.25, average.evaluated()[0]);
    }

    @Test
    void wrappersTakeTheRateAndTheBatchOfTheirOptimizer() {
        GradientDescent inner = new GradientDescent(0.3);
        for (Optimizer wrapper : List.of(new Lookahead(inner, 5, 0.5), new ExponentialMovingAverage(inner, 0.9))) {
            assertEquals(0.3, wrapper.learningRate());
            assertTrue(wrapper.wholeDataset());
        }
    }
}
