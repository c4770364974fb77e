package org.thalweg.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param groups the workloads
 * @param only the one library to run, if not all
 * @param threads the numbers of threads
 * @param processes of each library and workload
 * @param rows of the file of csv
 * @param quick whether to measure for a shorter time, and less exactly
 */
record Options(List<String> groups, Optional<String> only, List<Integer> threads, int processes, int rows, boolean quick) {
    static final List<String> GROUPS = List.of("W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9a", "W9b", "csv", "cold", "fashion", "growth");

    static final String USAGE = """
            Usage: framework-bench/run [WORKLOAD...] [--only LIBRARY] [--threads N] [--processes N] [--rows N] [--quick]
            Measures Thalweg and other libraries in turn, prints a table, and writes it to RESULTS.md if all workloads ran.
              WORKLOAD         of %s; all unless given
              --only LIBRARY   ours, torch, smile, djl, dl4j, fastcsv, duckdb: one side alone, compared with nothing
              --threads N      1 or 2; both unless given
              --processes N    of each library and workload; 3 unless given
              --rows N         of the file of csv; 1000000, about 200 MB, unless given
              --quick          one process, shorter times""".formatted(GROUPS);

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it makes no sense; the message says why
     */
    static Options of(String... words) {
        List<String> groups = new ArrayList<>();
        Optional<String> only = Optional.empty();
        List<Integer> threads = List.of(1, 2);
        Optional<Integer> processes = Optional.empty();
        int rows = 1_000_000;
        boolean quick = false;
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "--only" -> only = Optional.of(value(words, ++i));
                case "--threads" -> threads = List.of(Integer.parseInt(value(words, ++i)));
                case "--processes" -> processes = Optional.of(Integer.parseInt(value(words, ++i)));
                case "--rows" -> rows = Integer.parseInt(value(words, ++i));
                case "--quick" -> quick = true;
                case "all" -> groups.addAll(GROUPS);
                default -> groups.add(words[i]);
            }
        }
        groups.stream().filter(group -> !GROUPS.contains(group)).findFirst().ifPresent(unknown -> {
            throw new IllegalArgumentException("there is no workload or option '" + unknown + "'");
        });
        return new Options(groups.isEmpty() ? GROUPS : groups, only, threads, processes.orElse(quick ? 1 : 3), rows, quick);
    }

    private static String value(String[] words, int at) {
        if (at >= words.length) {
            throw new IllegalArgumentException("'" + words[at - 1] + "' needs a value");
        }
        return words[at];
    }

    boolean includes(Variant variant) {
        return only.isEmpty() || only.get().equals(variant.library());
    }

    boolean isComplete() {
        return only.isEmpty() && groups.containsAll(GROUPS) && threads.size() == 2;
    }
}
