package org.thalweg.app.cli;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.compile.ProfilingBackend;
import org.thalweg.autodiff.compile.StepProfile;

/** Where the time of a training step goes: measures one training, and tells people, the longest parts first. */
final class Profiling {
    private static final int MOST_ROWS = 25;

    private ProfilingBackend backend;
    private int threads;

    /** What computes for the training that is to be measured. */
    Backend backend(int threads) {
        this.threads = threads;
        backend = new ProfilingBackend(new CpuBackend(threads));
        return backend;
    }

    /** Prints what was measured, after the training. */
    void print(PrintStream out) {
        try (CpuBackend own = new CpuBackend(threads)) {
            print(backend.training(), MachinePeak.measure(own), out);
        }
    }

    private static void print(List<StepProfile> steps, MachinePeak peak, PrintStream out) {
        if (steps.isEmpty() || steps.getFirst().runs() == 0) {
            out.println("there is no profile: the run did no step");
            return;
        }
        long runs = steps.getFirst().runs();
        double total = steps.stream().mapToLong(StepProfile::nanoseconds).sum() * 1e-3 / runs;
        out.println(String.format(Locale.ROOT, "a step takes %.1f us, in the mean of %,d; this machine reaches %.0f GFLOP/s, and %.1f GB/s from memory", total, runs,
                peak.flops() * 1e-9, peak.bytes() * 1e-9));
        out.println("   time  share   GFLOP/s  of peak     GB/s  work, and what it is for");
        List<StepProfile> longest = steps.stream().sorted(Comparator.comparingLong(StepProfile::nanoseconds).reversed()).toList();
        for (StepProfile step : longest.subList(0, Math.min(MOST_ROWS, longest.size()))) {
            double seconds = Math.max(1, step.nanoseconds()) * 1e-9 / runs;
            out.println(String.format(Locale.ROOT, "%7.1f  %4.1f%%  %8.1f   %4.0f%%  %8.1f  %s%s", seconds * 1e6, seconds * 1e8 / total,
                    step.flops() / seconds * 1e-9, step.flops() / seconds / peak.flops() * 100, step.bytes() / seconds * 1e-9, step.kind(), purpose(step)));
        }
        if (longest.size() > MOST_ROWS) {
            double rest = longest.subList(MOST_ROWS, longest.size()).stream().mapToLong(StepProfile::nanoseconds).sum() * 1e-3 / runs;
            out.println(String.format(Locale.ROOT, "%7.1f  %4.1f%%  in %d shorter parts", rest, rest / total * 100, longest.size() - MOST_ROWS));
        }
        out.println("GB/s counts each array once; arrays that stay in the caches can go beyond what memory reaches");
    }

    private static String purpose(StepProfile step) {
        return step.origins().isEmpty() ? ""
                : step.origins().stream().map(origin -> origin.isEmpty() ? "the model" : Character.isDigit(origin.charAt(0)) ? "layer " + origin : origin)
                        .collect(Collectors.joining(", ", "  (", ")"));
    }
}
