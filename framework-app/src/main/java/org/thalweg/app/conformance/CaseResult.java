package org.thalweg.app.conformance;

/**
 * What became of one case.
 *
 * @param file that holds it
 * @param number in the file, from 0
 * @param name of what it is about, as {@code adam}
 * @param verdict how it ended
 * @param detail what differs, or what is not supported; empty where it passed
 */
public record CaseResult(String file, int number, String name, Verdict verdict, String detail) {
    /** How a case ends. */
    public enum Verdict {
        /** Every number is as wanted. */
        PASSED,
        /** A number differs, or the computation was refused. */
        FAILED,
        /** It cannot be tried. */
        UNSUPPORTED
    }

    /** As in {@code optimizers.json: case 3 (sgd) failed: ...}. */
    @Override
    public String toString() {
        String what = file + ": case " + number + " (" + name + ")";
        return switch (verdict) {
            case PASSED -> what + " passed";
            case FAILED -> what + " failed: " + detail;
            case UNSUPPORTED -> what + " is unsupported: " + detail;
        };
    }
}
