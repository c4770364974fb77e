package org.thalweg.app.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where commands write to and what they know of their surroundings.
 *
 * @param out results
 * @param err everything else
 * @param terminal whether a person watches {@code out}, so that a line may be drawn over
 * @param environment variables
 */
record Console(PrintStream out, PrintStream err, boolean terminal, Map<String, String> environment) {
    private static final int USUAL_COLUMNS = 100;

    /** The console of this process. */
    static Console ofProcess() {
        java.io.Console console = System.console();
        return new Console(System.out, System.err, console != null && console.isTerminal(), System.getenv());
    }

    /** The width of the terminal, which the launcher passes on. */
    int columns() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
    }
}
