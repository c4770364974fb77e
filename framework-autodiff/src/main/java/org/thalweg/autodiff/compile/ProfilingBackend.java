package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.thalweg.autodiff.graph.Expression;

/**
 * Another backend whose programs measure where their time goes. The first runs of a program, which the JVM has not compiled yet, are forgotten again and
 * again, each time after four times as many runs, so that what is left is mostly how it runs when it is warm.
 */
public final class ProfilingBackend implements Backend {
    private static final long FIRST_FORGOTTEN = 100;
    private static final int GROWTH = 4;

    private final Backend backend;
    private final List<Measured> updating = new ArrayList<>();

    /** Measures what this backend compiles, and closes it. */
    public ProfilingBackend(Backend backend) {
        this.backend = backend;
    }

    /** The steps of the program that was run most often among those that update variables: the training step. Nothing where none was run. */
    public List<StepProfile> training() {
        return updating.stream().filter(program -> program.runs > 0).max(Comparator.comparingLong(program -> program.runs))
                .map(program -> program.inner.profile()).orElse(List.of());
    }

    @Override
    public Program compile(Computation computation) {
        Program program = backend.compile(computation);
        if (computation.updates().isEmpty()) {
            return program;
        }
        Measured measured = new Measured(program);
        updating.add(measured);
        return measured;
    }

    @Override
    public String description() {
        return backend.description();
    }

    @Override
    public void close() {
        backend.close();
    }

    private static final class Measured implements Program {
        private final Program inner;
        private long runs;
        private long forget = FIRST_FORGOTTEN;

        Measured(Program inner) {
            this.inner = inner;
            inner.startProfile();
        }

        @Override
        public void bind(Expression leaf, Object array) {
            inner.bind(leaf, array);
        }

        @Override
        public void set(Expression scalar, double value) {
            inner.set(scalar, value);
        }

        @Override
        public void random(long seed, long step) {
            inner.random(seed, step);
        }

        @Override
        public boolean run() {
            if (runs++ == forget) {
                forget *= GROWTH;
                inner.startProfile();
            }
            return inner.run();
        }

        @Override
        public Object output(int position) {
            return inner.output(position);
        }

        @Override
        public double number(int position) {
            return inner.number(position);
        }

        @Override
        public List<StepProfile> profile() {
            return inner.profile();
        }
    }
}
