package org.thalweg.data;

/** A stretch of a text. */
public enum TextPart {
    /** The beginning, to learn from. */
    TRAIN,
    /** What follows, to choose settings by. */
    VALIDATION,
    /** The end, to judge by. */
    TEST
}
