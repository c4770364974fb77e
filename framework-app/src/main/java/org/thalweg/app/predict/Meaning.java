package org.thalweg.app.predict;

import java.util.function.DoubleUnaryOperator;
import org.thalweg.api.data.Column;
import org.thalweg.api.loss.Scores;
import org.thalweg.api.tensor.Shape;

/** What the numbers mean that a model gives for a row: that follows from the loss it was trained with, and from the target. */
enum Meaning {
    /** Scores before softmax. */
    SOFTMAX,
    /** Logarithms of the classes' probabilities. */
    LOG_PROBABILITIES,
    /** Scores of classes that are no probabilities. */
    CLASS_SCORES,
    /** One score before the sigmoid. */
    SIGMOID,
    /** The probability of the answer 1. */
    PROBABILITY,
    /** One score, above 0 for the answer 1. */
    SCORE,
    /** Numbers as they are. */
    NUMBERS;

    /**
     * The meaning.
     *
     * @param scores what they are to the loss
     * @param target the data's column before any transform
     * @param output the shape of one answer
     */
    static Meaning of(Scores scores, Column target, Shape output) {
        boolean classes = !target.dtype().isFloating() && target.shape().rank() == 0;
        if (classes && output.rank() == 1 && output.extent(0) > 1) {
            return switch (scores) {
                case LOGITS -> SOFTMAX;
                case LOG_PROBABILITIES -> LOG_PROBABILITIES;
                case PROBABILITIES, MARGINS, VALUES -> CLASS_SCORES;
            };
        }
        return output.size() != 1 ? NUMBERS : switch (scores) {
            case LOGITS -> SIGMOID;
            case PROBABILITIES -> PROBABILITY;
            case MARGINS -> SCORE;
            case LOG_PROBABILITIES, VALUES -> NUMBERS;
        };
    }

    boolean isClass() {
        return this != NUMBERS;
    }

    boolean isOneOfTwo() {
        return this == SIGMOID || this == PROBABILITY || this == SCORE;
    }

    boolean hasProbabilities() {
        return isClass() && this != CLASS_SCORES && this != SCORE;
    }

    /** Whether a single score answers 1. */
    boolean answersOne(double score) {
        return this == PROBABILITY ? score > 0.5 : score > 0;
    }

    /** Probabilities from scores; the scores themselves where they are none. */
    double[] probabilities(double[] scores) {
        return switch (this) {
            case SOFTMAX -> softmax(scores);
            case LOG_PROBABILITIES -> map(scores, Math::exp);
            case SIGMOID -> map(scores, score -> 1 / (1 + Math.exp(-score)));
            default -> scores;
        };
    }

    private static double[] softmax(double[] scores) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        double[] probabilities = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = Math.exp(scores[i] - largest);
            sum += probabilities[i];
        }
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    private static double[] map(double[] values, DoubleUnaryOperator function) {
        double[] mapped = new double[values.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = function.applyAsDouble(values[i]);
        }
        return mapped;
    }
}
