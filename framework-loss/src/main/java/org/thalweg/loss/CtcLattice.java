package org.thalweg.loss;

import java.util.Arrays;

/**
 * Forward-backward over the states blank, symbol 1, blank, symbol 2, ..., blank (Graves et al., 2006, sections 4.1 and 4.2). First with
 * probabilities that are rescaled at every time step; where numbers become so small that precision could be lost, again with logarithms.
 *
 * <pre>
 * alpha_t(s) = (alpha_t-1(s) + alpha_t-1(s - 1) + [may skip] alpha_t-1(s - 2)) * y_t(s)
 * beta_t(s)  = sum over s' in {s, s + 1, s + 2 if it may be skipped to} of beta_t+1(s') * y_t+1(s')
 * loss = -log (alpha_T(last) + alpha_T(last - 1))
 * d loss / d log y_t(k) = -(sum of alpha_t(s) * beta_t(s) over the states of symbol k) / (the same sum over all states)
 * </pre>
 */
final class CtcLattice {
    /** Rescaled numbers below this could have lost parts that count. */
    private static final double LEAST = 1e-250;

    private final double[] space;
    private CtcRow row;
    private int states;
    private int alpha;
    private int beta;
    private int next;
    private int posterior;

    CtcLattice(double[] space) {
        this.space = space;
    }

    /** The workspace that rows of a length with so many symbols need. */
    static int space(int time, int symbols) {
        int states = 2 * symbols + 1;
        return Math.toIntExact((long) time * (symbols + 1 + states) + 2L * states + symbols + 1);
    }

    /** The loss of a row, whose gradient is written; infinite or NaN where there is none. */
    double align(CtcRow aligned) {
        row = aligned;
        states = 2 * row.symbols() + 1;
        alpha = row.length() * (row.symbols() + 1);
        beta = alpha + row.length() * states;
        next = beta + states;
        posterior = next + states;
        if (row.length() == 0) {
            return row.symbols() == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        readEmissions();
        double loss = linear();
        if (Double.isNaN(loss)) {
            row.fillGradient(0);
            readEmissions();
            loss = logarithmic();
        }
        return loss;
    }

    /** The log-probabilities of the blank and of the target's symbols. */
    private void readEmissions() {
        int width = row.symbols() + 1;
        for (int k = 0; k < width; k++) {
            int symbol = row.symbol(k);
            for (int t = 0; t < row.length(); t++) {
                space[t * width + k] = row.logProbability(t, symbol);
            }
        }
    }

    private int emission(int t, int state) {
        return t * (row.symbols() + 1) + position(state);
    }

    /** The target's position that a state stands for; 0 for the blanks. */
    private static int position(int state) {
        return (state & 1) == 0 ? 0 : (state + 1) / 2;
    }

    /** Whether a state can be entered past the blank before it. */
    private boolean skips(int state) {
        return (state & 1) == 1 && state >= 3 && state < states && row.symbol(position(state)) != row.symbol(position(state - 2));
    }

    // With probabilities

    /** NaN where precision could be lost. */
    private double linear() {
        for (int i = 0; i < alpha; i++) {
            space[i] = Math.exp(space[i]);
        }
        double logScale = 0;
        for (int t = 0; t < row.length(); t++) {
            double sum = forward(t);
            if (!(sum > LEAST)) {
                return Double.NaN;
            }
            scale(alpha + t * states, 1 / sum);
            logScale += Math.log(sum);
        }
        int last = alpha + row.length() * states - 1;
        double end = space[last] + (states > 1 ? space[last - 1] : 0);
        for (int s = 0; s < states; s++) {
            space[beta + s] = s >= states - 2 ? 1 : 0;
        }
        for (int t = row.length() - 1; t >= 0; t--) {
            if (!writeGradient(t)) {
                return Double.NaN;
            }
            scale(beta, 1 / backward(t));
        }
        return -(logScale + Math.log(end));
    }

    private double forward(int t) {
        int now = alpha + t * states;
        int before = now - states;
        double sum = 0;
        for (int s = 0; s < states; s++) {
            double a;
            if (t == 0) {
                a = s < 2 ? 1 : 0;
            } else {
                a = space[before + s] + (s > 0 ? space[before + s - 1] : 0) + (skips(s) ? space[before + s - 2] : 0);
            }
            space[now + s] = a * space[emission(t, s)];
            sum += space[now + s];
        }
        return sum;
    }

    private double backward(int t) {
        for (int s = 0; s < states; s++) {
            space[next + s] = space[beta + s] * space[emission(t, s)];
        }
        double sum = 0;
        for (int s = 0; s < states; s++) {
            space[beta + s] = space[next + s] + (s + 1 < states ? space[next + s + 1] : 0) + (skips(s + 2) ? space[next + s + 2] : 0);
            sum += space[beta + s];
        }
        return sum;
    }

    private void scale(int from, double factor) {
        for (int s = 0; s < states; s++) {
            space[from + s] *= factor;
        }
    }

    private boolean writeGradient(int t) {
        Arrays.fill(space, posterior, posterior + row.symbols() + 1, 0);
        double all = 0;
        for (int s = 0; s < states; s++) {
            double both = space[alpha + t * states + s] * space[beta + s];
            space[posterior + position(s)] += both;
            all += both;
        }
        for (int k = 0; k <= row.symbols(); k++) {
            row.addToGradient(t, row.symbol(k), -space[posterior + k] / all);
        }
        return all > LEAST;
    }

    // With logarithms

    private double logarithmic() {
        for (int t = 0; t < row.length(); t++) {
            logForward(t);
        }
        int last = alpha + row.length() * states - 1;
        double total = states > 1 ? logAdd(space[last], space[last - 1]) : space[last];
        if (!(total > Double.NEGATIVE_INFINITY)) {
            return -total;
        }
        for (int s = 0; s < states; s++) {
            space[beta + s] = s >= states - 2 ? 0 : Double.NEGATIVE_INFINITY;
        }
        for (int t = row.length() - 1; t >= 0; t--) {
            for (int s = 0; s < states; s++) {
                row.addToGradient(t, row.symbol(position(s)), -Math.exp(space[alpha + t * states + s] + space[beta + s] - total));
            }
            logBackward(t);
        }
        return -total;
    }

    private void logForward(int t) {
        int now = alpha + t * states;
        int before = now - states;
        for (int s = 0; s < states; s++) {
            double a;
            if (t == 0) {
                a = s < 2 ? 0 : Double.NEGATIVE_INFINITY;
            } else {
                a = s > 0 ? logAdd(space[before + s], space[before + s - 1]) : space[before + s];
                a = skips(s) ? logAdd(a, space[before + s - 2]) : a;
            }
            space[now + s] = a + space[emission(t, s)];
        }
    }

    private void logBackward(int t) {
        for (int s = 0; s < states; s++) {
            space[next + s] = space[beta + s] + space[emission(t, s)];
        }
        for (int s = 0; s < states; s++) {
            double b = s + 1 < states ? logAdd(space[next + s], space[next + s + 1]) : space[next + s];
            space[beta + s] = skips(s + 2) ? logAdd(b, space[next + s + 2]) : b;
        }
    }

    private static double logAdd(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
    }
}
