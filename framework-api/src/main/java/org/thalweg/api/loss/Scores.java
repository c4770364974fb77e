package org.thalweg.api.loss;

/** What the numbers are that a loss takes from a model: how to make probabilities and answers of them when the model is used. */
public enum Scores {
    /** Numbers as they are: a regression. */
    VALUES,
    /** Scores of classes before softmax, or one score before the sigmoid. */
    LOGITS,
    /** Logarithms of the classes' probabilities. */
    LOG_PROBABILITIES,
    /** Probabilities. */
    PROBABILITIES,
    /** Scores that only compare: the largest is the answer, or one above 0 answers 1. */
    MARGINS
}
