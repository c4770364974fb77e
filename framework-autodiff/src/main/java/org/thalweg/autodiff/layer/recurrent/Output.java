package org.thalweg.autodiff.layer.recurrent;

/** What a recurrent layer gives on. */
public enum Output {
    /** The hidden state after every step, [n, time, units]. */
    SEQUENCE,
    /** The hidden state after the last step of each direction, [n, units]. */
    LAST
}
