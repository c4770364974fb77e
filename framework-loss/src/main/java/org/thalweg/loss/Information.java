package org.thalweg.loss;

import java.util.Arrays;

/**
 * Shannon's measures (1948) of discrete distributions, in bits or in nats: {@code Information.BITS.entropy(0.75, 0.25)}. A distribution is numbers
 * that are not negative and add up to 1 (within 1e-6); anything else is an {@link IllegalArgumentException}. {@code 0 log 0} is 0.
 */
public enum Information {
    /** Logarithms to base 2: a fair coin has 1 bit. */
    BITS(Math.log(2)),
    /** Natural logarithms. */
    NATS(1);

    private static final double TOLERANCE = 1e-6;

    private final double unit;

    Information(double unit) {
        this.unit = unit;
    }

    /** How uncertain an outcome is: {@code H(p) = -sum p log p}; 0 where it is certain, log n for n equal outcomes. */
    public double entropy(double... p) {
        requireDistribution("p", p);
        double sum = 0;
        for (double outcome : p) {
            sum -= outcome == 0 ? 0 : outcome * Math.log(outcome);
        }
        return sum / unit;
    }

    /** What outcomes of p cost in a code made for q: {@code H(p, q) = -sum p log q}; infinite where q excludes what happens. */
    public double crossEntropy(double[] p, double[] q) {
        requireSameOutcomes(p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum -= p[i] == 0 ? 0 : p[i] * Math.log(q[i]);
        }
        return sum / unit;
    }

    /**
     * What a code made for q costs more than the best one (Kullback and Leibler, 1951): {@code KL(p || q) = sum p log (p / q) = H(p, q) - H(p)}.
     * Never negative, and 0 only for p = q; not symmetric.
     */
    public double klDivergence(double[] p, double[] q) {
        requireSameOutcomes(p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += p[i] == 0 ? 0 : p[i] * Math.log(p[i] / q[i]);
        }
        return Math.max(0, sum) / unit;
    }

    /** The mean divergence of two distributions from their mixture m (Lin, 1991): {@code (KL(p || m) + KL(q || m)) / 2}; symmetric, at most 1 bit. */
    public double jensenShannon(double[] p, double[] q) {
        requireSameOutcomes(p, q);
        double[] mixture = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            mixture[i] = (p[i] + q[i]) / 2;
        }
        return (klDivergence(p, mixture) + klDivergence(q, mixture)) / 2;
    }

    /**
     * What one of two variables tells about the other: {@code I(X; Y) = sum p(x, y) log (p(x, y) / (p(x) p(y)))}; 0 where they are independent.
     *
     * @param joint p(x, y), a row for each x
     */
    public double mutualInformation(double[][] joint) {
        requireDistribution("joint", Arrays.stream(joint).flatMapToDouble(Arrays::stream).toArray());
        double[] ofX = Arrays.stream(joint).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
        double[] ofY = new double[joint[0].length];
        for (double[] row : joint) {
            requireSameLength(row, ofY);
            Arrays.setAll(ofY, y -> ofY[y] + row[y]);
        }
        double sum = 0;
        for (int x = 0; x < ofX.length; x++) {
            for (int y = 0; y < ofY.length; y++) {
                sum += joint[x][y] == 0 ? 0 : joint[x][y] * Math.log(joint[x][y] / (ofX[x] * ofY[y]));
            }
        }
        return Math.max(0, sum) / unit;
    }

    /** How many equally likely outcomes would be as uncertain: {@code exp H(p)}, whatever the unit. */
    public double perplexity(double... p) {
        return Math.exp(entropy(p) * unit);
    }

    /** How many equally likely outcomes would surprise a model q as much as those of p do: {@code exp H(p, q)}, whatever the unit. */
    public double perplexity(double[] p, double[] q) {
        return Math.exp(crossEntropy(p, q) * unit);
    }

    private static void requireSameOutcomes(double[] p, double[] q) {
        requireSameLength(p, q);
        requireDistribution("p", p);
        requireDistribution("q", q);
    }

    private static void requireSameLength(double[] p, double[] q) {
        if (p.length != q.length) {
            throw new IllegalArgumentException("two distributions need the same outcomes, but one has " + p.length + " and the other " + q.length);
        }
    }

    private static void requireDistribution(String name, double... p) {
        double sum = 0;
        for (double outcome : p) {
            if (!(outcome >= 0)) {
                throw new IllegalArgumentException(name + " is no distribution: it has the probability " + outcome);
            }
            sum += outcome;
        }
        if (!(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException(name + " is no distribution: it adds up to " + sum);
        }
    }
}
