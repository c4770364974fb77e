package org.thalweg.api.loss;

/** How the elements of a loss become one number. */
public enum Reduction {
    /** The sum of the elements over the loss's divisor, by default their number. */
    MEAN,
    /** The sum of the elements. */
    SUM,
    /** No reduction; a loss that trains cannot use it. */
    NONE
}
