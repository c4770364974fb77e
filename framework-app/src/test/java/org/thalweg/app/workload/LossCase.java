package org.thalweg.app.workload;

import java.util.List;
import java.util.SplittableRandom;

/** Losses that are measured alone: value and gradient. Most are of 1,024 rows of 1,000 numbers. */
public enum LossCase {
    /** Of class scores. */
    CROSS_ENTROPY,
    /** Mean squared error. */
    SQUARED_ERROR,
    /** Huber's, with delta 1. */
    HUBER,
    /** Yes-or-no questions, from scores. */
    BINARY_CROSS_ENTROPY,
    /** Kullback-Leibler divergence behind log-softmax. */
    KL_DIVERGENCE,
    /** Cosines of pairs; the gradient goes to both. */
    COSINE_EMBEDDING,
    /** Connectionist temporal classification behind log-softmax: 100 steps, 32 rows, 50 symbols, targets of 20. */
    CTC;

    /** The rows that are measured. */
    public static final int ROWS = 1024;
    /** Numbers of a row, and classes. */
    public static final int COLUMNS = 1000;
    /** Steps in time of the sequences for CTC. */
    public static final int STEPS = 100;
    /** Symbols in CTC's alphabet; 0 is the blank. */
    public static final int SYMBOLS = 50;
    /** The length of CTC's targets. */
    public static final int TARGET_LENGTH = 20;

    /**
     * What a loss is computed from.
     *
     * @param shape of the input
     * @param input that the gradient is taken for
     * @param other the target, or the second input
     * @param whole classes, symbols, or -1 and 1
     */
    public record Data(List<Integer> shape, float[] input, float[] other, int[] whole) {}

    /** As {@code cross-entropy}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /**
     * The same numbers for every library.
     *
     * @param rows {@value #ROWS}, or fewer for a test; for CTC a row in 32
     */
    public Data data(int rows) {
        SplittableRandom random = new SplittableRandom(Numbers.SEED);
        List<Integer> shape = this == CTC ? List.of(STEPS, rows / 32, SYMBOLS) : List.of(rows, COLUMNS);
        float[] input = Numbers.uniform(random, Model.size(shape), 0, 2);
        float[] other = switch (this) {
            case CROSS_ENTROPY, CTC -> new float[0];
            case SQUARED_ERROR, HUBER, COSINE_EMBEDDING -> Numbers.uniform(random, input.length, 0, 2);
            case BINARY_CROSS_ENTROPY -> answers(random, input.length);
            case KL_DIVERGENCE -> distributions(random, rows);
        };
        int[] whole = switch (this) {
            case CROSS_ENTROPY -> random.ints(rows, 0, COLUMNS).toArray();
            case COSINE_EMBEDDING -> random.ints(rows, 0, 2).map(answer -> 2 * answer - 1).toArray();
            case CTC -> random.ints(rows / 32 * TARGET_LENGTH, 1, SYMBOLS).toArray();
            case SQUARED_ERROR, HUBER, BINARY_CROSS_ENTROPY, KL_DIVERGENCE -> new int[0];
        };
        return new Data(shape, input, other, whole);
    }

    private static float[] answers(SplittableRandom random, int count) {
        float[] answers = new float[count];
        for (int i = 0; i < count; i++) {
            answers[i] = random.nextInt(2);
        }
        return answers;
    }

    private static float[] distributions(SplittableRandom random, int rows) {
        float[] all = Numbers.uniform(random, rows * COLUMNS, 1, 0.9);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = 0; i < COLUMNS; i++) {
                sum += all[row * COLUMNS + i];
            }
            for (int i = 0; i < COLUMNS; i++) {
                all[row * COLUMNS + i] /= (float) sum;
            }
        }
        return all;
    }

    /** By what two results are compared; single derivatives are tiny because the loss is a mean. */
    public static double[] figures(double loss, float[] gradient, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += Math.abs(gradient[i]);
        }
        return new double[] {loss, (double) gradient[0] * length, (double) gradient[length - 1] * length, sum};
    }
}
