package org.thalweg.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Times steps that somebody else does. The time between two looks counts, unless an epoch began between them; what happens during the warm-up does not. Looks are
 * gathered into stretches of at least {@value #LEAST_NANOS} ns, and each stretch gives one sample.
 */
public final class StepClock {
    private static final long LEAST_NANOS = 20_000_000;
    private static final int LEAST_SAMPLES = 5;

    private final long warmNanos;
    private final long measureNanos;
    private final List<Double> samples = new ArrayList<>();
    private long begin = -1;
    private long lastEpoch;
    private long lastStep;
    private long lastTime;
    private long stretchNanos;
    private long stretchSteps;
    private long measured;

    StepClock(double warmSeconds, double measureSeconds) {
        warmNanos = (long) (warmSeconds * 1e9);
        measureNanos = (long) (measureSeconds * 1e9);
    }

    /**
     * Looks at the clock.
     *
     * @param epoch changes where time passes that is not to count
     * @param step how many steps were done so far
     * @return whether enough is known
     */
    public boolean tick(long epoch, long step) {
        long now = System.nanoTime();
        if (begin < 0) {
            begin = now;
        } else if (epoch == lastEpoch && now - begin > warmNanos) {
            add(now - lastTime, step - lastStep);
        }
        lastEpoch = epoch;
        lastStep = step;
        lastTime = System.nanoTime();
        boolean overdue = now - begin > warmNanos + 4 * measureNanos;
        return measured >= measureNanos && samples.size() >= LEAST_SAMPLES || overdue && !samples.isEmpty();
    }

    private void add(long nanos, long steps) {
        stretchNanos += nanos;
        stretchSteps += steps;
        if (stretchNanos >= LEAST_NANOS) {
            samples.add(stretchNanos * 1e-3 / stretchSteps);
            measured += stretchNanos;
            stretchNanos = 0;
            stretchSteps = 0;
        }
    }

    Timing timing() {
        return Timing.of(samples.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
