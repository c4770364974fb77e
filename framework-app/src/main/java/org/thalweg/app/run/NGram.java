package org.thalweg.app.run;

import java.util.HashMap;
import java.util.Map;
import org.thalweg.api.data.DataException;

/**
 * Predicts a symbol by the few before it, from how often each followed in the training text: the measure that a trained model of sequences must beat. Orders are
 * interpolated as Witten and Bell (1991) do, so that nothing has the probability 0:
 *
 * <pre>
 * P(w | c) = (n(c w) + t(c) P(w | c')) / (n(c) + t(c))
 * </pre>
 *
 * with n the counts, t(c) the number of different symbols that followed the context c, c' the context without its first symbol, and below the empty context
 * all symbols equally likely.
 */
final class NGram {
    private static final int MOST_BITS = 62;

    /** What followed a context. */
    private static final class Followers {
        private int count;
        private int different;
    }

    private final int order;
    private final int classes;
    private final int bits;
    /** By order, context and symbol packed into one number. */
    private final Map<Long, int[]> grams = new HashMap<>();
    private final Map<Long, Followers> contexts = new HashMap<>();

    /**
     * A model that has seen nothing.
     *
     * @param order the symbols of a gram: the predicted one and order - 1 before it
     * @param classes how many symbols there are
     */
    NGram(int order, int classes) {
        this.order = order;
        this.classes = classes;
        this.bits = Integer.SIZE - Integer.numberOfLeadingZeros(classes);
        if (order < 1 || order * bits > MOST_BITS) {
            throw new DataException("the order must be from 1 to " + MOST_BITS / bits + " for " + classes + " symbols, but is " + order);
        }
    }

    /** Counts the symbol at a place behind every context that ends before it. */
    void learn(int[] symbols, int place) {
        for (int length = 0; length < order && length <= place; length++) {
            Followers followers = contexts.computeIfAbsent(key(symbols, place - length, place), _ -> new Followers());
            int[] count = grams.computeIfAbsent(key(symbols, place - length, place + 1), _ -> new int[1]);
            followers.count++;
            followers.different += count[0]++ == 0 ? 1 : 0;
        }
    }

    /** The probability of the symbol at a place, given those before it. */
    double probability(int[] symbols, int place) {
        double probability = 1.0 / classes;
        for (int length = 0; length < order && length <= place; length++) {
            Followers followers = contexts.get(key(symbols, place - length, place));
            if (followers == null) {
                break;
            }
            int[] count = grams.get(key(symbols, place - length, place + 1));
            probability = ((count == null ? 0 : count[0]) + followers.different * probability) / (followers.count + followers.different);
        }
        return probability;
    }

    /** Symbols from 1, so that no shorter sequence has the same key. */
    private long key(int[] symbols, int from, int to) {
        long key = 0;
        for (int i = from; i < to; i++) {
            key = key << bits | symbols[i] + 1;
        }
        return key;
    }
}
