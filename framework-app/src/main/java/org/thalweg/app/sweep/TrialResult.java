package org.thalweg.app.sweep;

/**
 * How far a trial came.
 *
 * @param number of the trial
 * @param status what became of it
 * @param epochs that it was to have
 * @param value of the metric after its last epoch; NaN where there is none
 * @param seconds of training, all rounds together
 * @param message why it ended
 */
public record TrialResult(int number, Status status, int epochs, double value, double seconds, String message) {
    /** What became of a trial. */
    public enum Status {
        /** All epochs of its last round are done, or a stop criterion was met. */
        DONE,
        /** A loss or gradient was not finite. */
        DIVERGED,
        /** It could not be trained. */
        FAILED
    }
}
