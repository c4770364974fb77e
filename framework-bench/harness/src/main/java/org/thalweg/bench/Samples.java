package org.thalweg.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The times of all processes, by workload, threads and variant. */
final class Samples {
    /**
     * A row of the table.
     *
     * @param item a workload or a part of one
     */
    record Row(String item, int threads) {}

    private final Map<Row, Map<String, List<Double>>> times = new LinkedHashMap<>();
    private final Map<Row, Map<String, Double>> figures = new LinkedHashMap<>();
    private final Map<Row, Set<String>> problems = new LinkedHashMap<>();

    void add(Row row, String variant, double microseconds) {
        times.computeIfAbsent(row, _ -> new LinkedHashMap<>()).computeIfAbsent(variant, _ -> new ArrayList<>()).add(microseconds);
    }

    /** Another number that a process found, the last of several. */
    void figure(Row row, String variant, double value) {
        figures.computeIfAbsent(row, _ -> new LinkedHashMap<>()).put(variant, value);
    }

    /** The other numbers, by variant. */
    Map<Row, Map<String, Double>> figures() {
        return figures;
    }

    void problem(Row row, String variant, String sentence) {
        times.computeIfAbsent(row, _ -> new LinkedHashMap<>());
        problems.computeIfAbsent(row, _ -> new LinkedHashSet<>()).add(variant + ": " + sentence);
    }

    Set<Row> rows() {
        return times.keySet();
    }

    Set<String> problems(Row row) {
        return problems.getOrDefault(row, Set.of());
    }

    /** The median over the processes of a variant. */
    OptionalDouble median(Row row, String variant) {
        List<Double> all = all(row, variant);
        int middle = all.size() / 2;
        return all.isEmpty() ? OptionalDouble.empty()
                : OptionalDouble.of(all.size() % 2 == 1 ? all.get(middle) : (all.get(middle - 1) + all.get(middle)) / 2);
    }

    /** The times of a variant, the shortest first. */
    List<Double> all(Row row, String variant) {
        List<Double> sorted = new ArrayList<>(times.getOrDefault(row, Map.of()).getOrDefault(variant, List.of()));
        Collections.sort(sorted);
        return sorted;
    }

    /** The fastest of some variants. */
    Optional<String> best(Row row, List<String> variants) {
        return variants.stream().filter(variant -> median(row, variant).isPresent())
                .min((a, b) -> Double.compare(median(row, a).getAsDouble(), median(row, b).getAsDouble()));
    }
}
