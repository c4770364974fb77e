package org.thalweg.bench;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.thalweg.app.workload.Workload;

/** The work of a measuring process: first show that the numbers are right, then take times. */
public final class Measuring {
    /** Two libraries add up in different orders, and every step passes the difference on. */
    private static final double TOLERANCE = 1e-3;

    private static final int[] CHECKED_STEPS = {1, 2, 5, 10, 20};

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
        Measuring measuring = new Measuring(arguments, side.apply(arguments.threads()));
        try {
            measuring.run();
        } catch (RuntimeException | Error failure) {
            failure.printStackTrace();
            Protocol.problem(arguments.group(), failure.toString());
            System.exit(1);
        }
        // Some libraries leave threads behind.
        System.exit(0);
    }

    private void run() {
        Protocol.version(side.version());
        train(Workload.of(arguments.group()));
    }

    private void train(Workload workload) {
        double[] losses = side.losses(workload, CHECKED_STEPS[CHECKED_STEPS.length - 1]);
        if (agrees(workload.name(), Arrays.stream(CHECKED_STEPS).mapToDouble(step -> losses[step - 1]).toArray())) {
            StepClock clock = new StepClock(arguments.warmSeconds(), arguments.measureSeconds());
            side.train(workload, clock);
            Protocol.time(workload.name(), clock.timing());
        }
    }

    private boolean agrees(String item, double[] figures) {
        Protocol.check(item, figures);
        double[] expected = arguments.expected().get(item);
        if (expected == null) {
            return true;
        }
        for (int i = 0; i < figures.length; i++) {
            if (!(Math.abs(figures[i] - expected[i]) <= TOLERANCE * Math.max(1e-3, Math.abs(expected[i])))) {
                Protocol.problem(item, "other numbers: " + Protocol.numbers(figures) + " instead of " + Protocol.numbers(expected));
                return false;
            }
        }
        return true;
    }
}
