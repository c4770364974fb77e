package org.thalweg.app.cli;

/** What the process returns. */
final class ExitCode {
    /** Everything was done. */
    static final int DONE = 0;
    /** Training began and failed. */
    static final int FAILED = 1;
    /** Options, configuration, plugins or data are wrong. */
    static final int WRONG_INPUT = 2;
    /** Somebody pressed Ctrl-C. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
