package org.thalweg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.thalweg.app.workload.Workload;
import org.thalweg.bench.Samples.Row;

/**
 * Measures all libraries side by side. For each workload and number of threads the libraries take turns, each time in a new process, so that what disturbs the
 * machine disturbs them alike. Ours comes first; its figures are what the others must agree with before they are timed.
 */
final class Bench {
    private static final int LIMIT_SECONDS = 120;
    private static final double MEASURE_SECONDS = 0.8;
    private static final double MANY_WARM_SECONDS = 2;
    private static final double MANY_MEASURE_SECONDS = 0.2;

    private final Options options;
    private final Launcher launcher;
    private final Samples samples = new Samples();
    private final TreeSet<String> versions = new TreeSet<>();

    private Path file = Path.of("");

    private Bench(Options options, Path folder) {
        this.options = options;
        this.launcher = new Launcher(folder);
    }

    /** The first argument is the folder framework-bench, the others are what {@link Options} says. */
    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[0]);
        String[] rest = Arrays.copyOfRange(words, 1, words.length);
        if (List.of(rest).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.of(rest);
        } catch (IllegalArgumentException mistake) {
            System.err.println(mistake.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        Bench bench = new Bench(options, folder);
        bench.measure();
        Results results = new Results(bench.samples);
        String table = results.table() + "\n" + results.figures();
        System.out.println("\n" + table);
        if (options.isComplete()) {
            Files.writeString(folder.resolve("RESULTS.md"), bench.document(table, "framework-bench/run " + String.join(" ", rest)));
        }
    }

    private void measure() throws IOException {
        for (String group : options.groups()) {
            if (group.equals("csv")) {
                file = NumbersFile.make(options.rows());
            }
            for (int threads : options.threads()) {
                measure(group, threads);
            }
        }
    }

    private void measure(String group, int threads) {
        List<Variant> variants = new ArrayList<>(List.of(Variant.OURS));
        variants.addAll(Variant.PEERS);
        variants.removeIf(variant -> !options.includes(variant) || !variant.groups().contains(group));
        Map<String, double[]> expected = new HashMap<>();
        // Growth is a curve, not a race: one process each.
        int rounds = group.equals("growth") ? 1 : options.processes();
        for (int round = 0; round < rounds; round++) {
            for (Variant variant : variants) {
                measure(variant, group, threads, expected);
            }
            if (round == 0) {
                variants.removeIf(variant -> isBeaten(variant, group, threads));
            }
        }
    }

    private void measure(Variant variant, String group, int threads, Map<String, double[]> expected) {
        boolean isTraining = Workload.ALL.stream().anyMatch(workload -> workload.name().equals(group));
        boolean isLong = isTraining || group.equals("csv");
        // Where a process measures many things, each gets less time.
        double warm = (isTraining ? variant.warmSeconds() : MANY_WARM_SECONDS) * (options.quick() ? 0.5 : 1);
        double measured = (isLong ? MEASURE_SECONDS : MANY_MEASURE_SECONDS) * (options.quick() ? 0.4 : 1);
        List<String> arguments = new ArrayList<>(List.of(group, Integer.toString(threads), Double.toString(warm), Double.toString(measured),
                file.toString()));
        expected.forEach((item, figures) -> arguments.add(item + "=" + Protocol.numbers(figures)));
        Outcome outcome = launcher.run(variant, threads, arguments, LIMIT_SECONDS);
        outcome.checks().forEach(expected::putIfAbsent);
        outcome.times().forEach((item, time) -> {
            samples.add(new Row(item, threads), variant.name(), time);
            System.out.printf("%-12s %d thread%s  %-16s %12.2f µs%n", item, threads, threads == 1 ? " " : "s", variant.name(), time);
        });
        outcome.figures().forEach((item, value) -> samples.figure(new Row(item, threads), variant.name(), value));
        outcome.problem().ifPresent(problem -> {
            samples.problem(new Row(group, threads), variant.name(), problem);
            System.out.printf("%-12s %d thread%s  %-16s %s%n", group, threads, threads == 1 ? " " : "s", variant.name(), problem);
        });
        if (!outcome.version().isEmpty()) {
            versions.add(outcome.version());
        }
    }

    /** Whether another variant of the same library was faster in every item: then this one needs no further process. */
    private boolean isBeaten(Variant variant, String group, int threads) {
        List<String> rivals = Variant.PEERS.stream().filter(peer -> peer.library().equals(variant.library())).map(Variant::name).toList();
        List<Row> rows = samples.rows().stream().filter(row -> row.threads() == threads && row.item().split(" ")[0].equals(group)).toList();
        return rivals.size() > 1 && rows.stream().noneMatch(row -> samples.best(row, rivals).filter(variant.name()::equals).isPresent());
    }

    private String document(String table, String command) {
        StringBuilder text = new StringBuilder("""
                # Thalweg and other libraries, side by side

                Made by `%s`; do not edit. What is measured and how, README.md says.

                - %s
                - machine: %s
                - Java: %s
                - %s
                - %d processes of each library and workload, in turn; a time is the median over them, the spread goes from the shortest to the
                  longest. A ratio above 1 means that ours is faster.

                """.formatted(command.strip(), LocalDate.now(), Machine.description(), Machine.java(), String.join(", ", versions), options.processes()));
        text.append(table).append("\n");
        Workload.ALL.forEach(workload -> text.append("- ").append(workload.name()).append(": ").append(workload.title()).append("\n"));
        return text.toString();
    }
}
