package org.thalweg.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a measuring process is told.
 *
 * @param group the workload, as {@code W1}
 * @param threads that may compute
 * @param warmSeconds before anything counts
 * @param measureSeconds that count
 * @param file to be read, in the group csv
 * @param expected the figures of the other side by item; what differs is not timed
 */
record Arguments(String group, int threads, double warmSeconds, double measureSeconds, Path file, Map<String, double[]> expected) {
    static Arguments of(String... words) {
        Map<String, double[]> expected = new HashMap<>();
        for (int i = 5; i < words.length; i++) {
            String[] parts = words[i].split("=");
            expected.put(parts[0], Protocol.numbers(parts[1]));
        }
        return new Arguments(words[0], Integer.parseInt(words[1]), Double.parseDouble(words[2]), Double.parseDouble(words[3]), Path.of(words[4]),
                expected);
    }
}
