package org.thalweg.api.training;

import org.thalweg.api.plugin.Stable;

/**
 * Why a run ended.
 *
 * @param kind the sort of end
 * @param message a sentence for people
 */
@Stable
public record StopReason(Kind kind, String message) {
    /** The sorts of end. */
    public enum Kind {
        /** All epochs were done. */
        COMPLETED,
        /** A stop criterion was met. */
        CONVERGED,
        /** Somebody cancelled the run. */
        CANCELLED,
        /** A loss or gradient was not finite. */
        DIVERGED
    }
}
