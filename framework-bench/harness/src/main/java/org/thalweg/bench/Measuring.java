package org.thalweg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.thalweg.app.workload.Growth;
import org.thalweg.app.workload.LossCase;
import org.thalweg.app.workload.Operation;
import org.thalweg.app.workload.OptimizerUpdate;
import org.thalweg.app.workload.Product;
import org.thalweg.app.workload.Workload;

/** The work of a measuring process: first show that the numbers are right, then take times. */
public final class Measuring {
    /** The system property that holds the moment at which the process was started. */
    static final String STARTED = "thalweg.bench.started";

    /** Two libraries add up in different orders, and every step passes the difference on. */
    private static final double TOLERANCE = 1e-3;

    /** Sums of the same numbers. */
    private static final double CSV_TOLERANCE = 1e-4;

    /** An epoch later. */
    private static final double ACCURACY_TOLERANCE = 0.03;

    private static final int[] CHECKED_STEPS = {1, 2, 5, 10, 20};
    private static final int CHECKED_RUNS = 3;
    private static final int COLD_STEPS = 100;

    private final Arguments arguments;
    private final Side side;

    private Measuring(Arguments arguments, Side side) {
        this.arguments = arguments;
        this.side = side;
    }

    /**
     * Measures, and ends the process.
     *
     * @param side the library, given the number of threads
     */
    public static void main(IntFunction<Side> side, String... words) {
        Arguments arguments = Arguments.of(words);
        try {
            new Measuring(arguments, side.apply(arguments.threads())).run();
        } catch (Exception | Error failure) {
            failure.printStackTrace();
            Protocol.problem(arguments.group(), failure.toString());
            System.exit(1);
        }
        // Some libraries leave threads behind.
        System.exit(0);
    }

    private void run() throws Exception {
        switch (arguments.group()) {
            case "W6" -> {
                for (OptimizerUpdate update : OptimizerUpdate.ALL) {
                    operation("W6 " + update.rule().name().toLowerCase(java.util.Locale.ROOT), update.bytes() * 1e-9, "GB/s", () -> side.update(update));
                }
                operation("W6 triad", Triad.BYTES * 1e-9, "GB/s", () -> new Triad(arguments.threads()));
            }
            case "W7" -> {
                for (LossCase lossCase : LossCase.values()) {
                    operation("W7 " + lossCase.label(), 0, "", () -> side.loss(lossCase));
                }
            }
            case "W8" -> {
                for (Product product : Product.ALL) {
                    operation("W8 " + product.name(), product.operations() * 1e-9, "GFLOP/s", () -> side.product(product));
                }
            }
            case "csv" -> {
                double megabytes = Files.size(arguments.file()) * 1e-6;
                for (CsvReading reading : CsvReading.values()) {
                    String item = "csv " + reading.name().toLowerCase(java.util.Locale.ROOT);
                    side.read(reading, arguments.file()).ifPresent(operation -> operation(item, megabytes, "MB/s", CSV_TOLERANCE, () -> operation));
                }
            }
            case "growth" -> Growth.all().forEach(workload -> train(workload, 2));
            case "cold" -> cold();
            case "fashion" -> fashion();
            default -> train(Workload.of(arguments.group()), CHECKED_STEPS.length);
        }
        Protocol.version(side.version());
    }

    private void train(Workload workload, int checks) {
        double[] losses = side.losses(workload, CHECKED_STEPS[checks - 1]);
        double[] figures = Arrays.stream(CHECKED_STEPS).limit(checks).mapToDouble(step -> losses[step - 1]).toArray();
        if (agrees(workload.name(), figures, TOLERANCE)) {
            StepClock clock = new StepClock(arguments.warmSeconds(), arguments.measureSeconds());
            double preparation = side.train(workload, clock);
            Protocol.time(workload.name(), clock.timing());
            Protocol.figure(workload.name() + " preparation", preparation);
        }
    }

    private void operation(String item, double amount, String unit, Supplier<Operation> make) {
        operation(item, amount, unit, TOLERANCE, make);
    }

    /** Measures one, and says how much of the unit's amount, if it has one, it does in a second. */
    private void operation(String item, double amount, String unit, double tolerance, Supplier<Operation> make) {
        try {
            Operation operation = make.get();
            for (int run = 0; run < CHECKED_RUNS; run++) {
                operation.run();
            }
            if (agrees(item, operation.figures(), tolerance)) {
                StepClock clock = new StepClock(arguments.warmSeconds(), arguments.measureSeconds());
                long runs = 0;
                while (!clock.tick(0, runs)) {
                    long start = System.nanoTime();
                    // Many short ones between two looks, so that the looks do not count.
                    do {
                        operation.run();
                        runs++;
                    } while (System.nanoTime() - start < 100_000);
                }
                Protocol.time(item, clock.timing());
                if (amount > 0) {
                    Protocol.figure(item + " " + unit, amount * 1e6 / clock.timing().median());
                }
            }
        } catch (UnsupportedOperationException missing) {
            Protocol.problem(item, missing.getMessage());
        }
    }

    /** The time from the start of the process to the end of the first steps, which can be taken once only. */
    private void cold() {
        double[] losses = side.losses(Workload.of("W1"), COLD_STEPS);
        double microseconds = sinceStart().toNanos() * 1e-3;
        if (agrees("cold", new double[] {losses[0], losses[9], losses[COLD_STEPS - 1]}, 10 * TOLERANCE)) {
            Protocol.time("cold", new Timing(microseconds, microseconds, microseconds, 1));
        }
    }

    private void fashion() throws IOException {
        double accuracy = side.accuracyOnFashionMnist();
        double microseconds = sinceStart().toNanos() * 1e-3;
        if (agrees("fashion", new double[] {accuracy}, ACCURACY_TOLERANCE)) {
            Protocol.time("fashion", new Timing(microseconds, microseconds, microseconds, 1));
            Protocol.figure("fashion peak MB", peakMegabytes());
        }
    }

    private static Duration sinceStart() {
        return Duration.between(Instant.parse(System.getProperty(STARTED)), Instant.now());
    }

    private static double peakMegabytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line = lines.filter(text -> text.startsWith("VmHWM")).findFirst().orElseThrow();
            return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
        }
    }

    private boolean agrees(String item, double[] figures, double tolerance) {
        Protocol.check(item, figures);
        double[] expected = arguments.expected().get(item);
        if (expected == null) {
            return true;
        }
        for (int i = 0; i < figures.length; i++) {
            if (!(Math.abs(figures[i] - expected[i]) <= tolerance * Math.max(0.1, Math.abs(expected[i])))) {
                Protocol.problem(item, "other numbers: " + Protocol.numbers(figures) + " instead of " + Protocol.numbers(expected));
                return false;
            }
        }
        return true;
    }
}
