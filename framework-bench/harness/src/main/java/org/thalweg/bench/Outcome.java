package org.thalweg.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a process said.
 *
 * @param version of its library; empty if it did not come that far
 * @param checks the figures to compare, by item
 * @param times the median microseconds, by item
 * @param figures other numbers, by item
 * @param problem why something is missing
 */
record Outcome(String version, Map<String, double[]> checks, Map<String, Double> times, Map<String, Double> figures, Optional<String> problem) {
    /** Reads the lines of {@link Protocol}. */
    static Outcome of(Iterable<String> lines, Optional<String> failure) {
        String version = "";
        Map<String, double[]> checks = new LinkedHashMap<>();
        Map<String, Double> times = new LinkedHashMap<>();
        Map<String, Double> figures = new LinkedHashMap<>();
        Optional<String> problem = Optional.empty();
        for (String line : lines) {
            if (!line.startsWith(Protocol.MARK)) {
                continue;
            }
            String[] parts = line.substring(Protocol.MARK.length()).split("\\|", 3);
            switch (parts[0]) {
                case "version" -> version = parts[2];
                case "check" -> checks.put(parts[1], Protocol.numbers(parts[2]));
                case "time" -> times.put(parts[1], Protocol.numbers(parts[2])[0]);
                case "figure" -> figures.put(parts[1], Double.parseDouble(parts[2]));
                case "problem" -> problem = Optional.of(parts[1] + ": " + parts[2]);
                default -> throw new IllegalStateException("an unknown line: " + line);
            }
        }
        return new Outcome(version, checks, times, figures, problem.or(() -> failure));
    }
}
