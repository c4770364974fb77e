package org.thalweg.data;

/** What a target says about its row. */
public enum TargetType {
    /** Which class it belongs to: an INT32 class number, counted from 0. */
    CLASSES,
    /** A quantity: FLOAT64. */
    NUMBER
}
