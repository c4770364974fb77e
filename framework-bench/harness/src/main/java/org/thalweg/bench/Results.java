package org.thalweg.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.bench.Samples.Row;

/** Makes the table: a row for each item and number of threads, ours against the best variant of each library. */
final class Results {
    private final Samples samples;

    Results(Samples samples) {
        this.samples = samples;
    }

    /** The table in Markdown, columns padded so that it reads well in a terminal too. */
    String table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("workload", "threads", "ours µs", "spread", "peer", "peer µs", "spread", "peer / ours"));
        for (Row row : samples.rows()) {
            List<String> peers = byLibrary().values().stream().map(variants -> samples.best(row, variants)).flatMap(Optional::stream).toList();
            if (peers.isEmpty()) {
                lines.add(line(row, ""));
            }
            peers.forEach(peer -> lines.add(line(row, peer)));
            samples.problems(row).forEach(problem -> lines.add(List.of(row.item(), Integer.toString(row.threads()), "", "", problem, "", "", "")));
        }
        return text(lines);
    }

    /** The numbers that are no times of a step: rates, memory, preparation. */
    String figures() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("figure", "threads", "by library"));
        samples.figures().forEach((row, values) -> lines.add(List.of(row.item(), Integer.toString(row.threads()),
                values.entrySet().stream().map(entry -> entry.getKey() + " " + number(entry.getValue())).collect(Collectors.joining(", ")))));
        return text(lines);
    }

    private static Map<String, List<String>> byLibrary() {
        return Variant.PEERS.stream().collect(Collectors.groupingBy(
                Variant::library, LinkedHashMap::new, Collectors.mapping(Variant::name, Collectors.toList())));
    }

    private List<String> line(Row row, String peer) {
        String ours = Variant.OURS.name();
        boolean both = samples.median(row, ours).isPresent() && samples.median(row, peer).isPresent();
        return List.of(row.item(), Integer.toString(row.threads()), median(row, ours), spread(row, ours), peer, median(row, peer), spread(row, peer),
                both ? "%.2f".formatted(samples.median(row, peer).getAsDouble() / samples.median(row, ours).getAsDouble()) : "");
    }

    private String median(Row row, String variant) {
        return samples.median(row, variant).isPresent() ? number(samples.median(row, variant).getAsDouble()) : "";
    }

    private String spread(Row row, String variant) {
        List<Double> all = samples.all(row, variant);
        return all.size() < 2 ? "" : number(all.getFirst()) + " - " + number(all.getLast());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.4f" : value < 10 ? "%.2f" : value < 1000 ? "%.1f" : "%,.0f", value);
    }

    private static String text(List<List<String>> lines) {
        Function<Integer, Integer> width = column -> lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
        List<Integer> widths = Stream.iterate(0, i -> i + 1).limit(lines.getFirst().size()).map(width).toList();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            for (int column = 0; column < widths.size(); column++) {
                text.append("| ").append(("%-" + Math.max(1, widths.get(column)) + "s ").formatted(lines.get(i).get(column)));
            }
            text.append("|\n");
            if (i == 0) {
                widths.forEach(w -> text.append("|").append("-".repeat(w + 2)));
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
