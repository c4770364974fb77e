package org.thalweg.app.conformance;

import java.util.Map;
import java.util.Optional;
import org.thalweg.api.optim.Schedule;

/** The learning rate of every step. */
final class ScheduleCase {
    private static final double ABSOLUTE = 1e-15;

    private ScheduleCase() {}

    /** What differs. */
    static Optional<String> run(GoldenCase golden, CaseContext context) throws UnsupportedCaseException {
        double base = golden.number("base_lr");
        Schedule schedule = context.make(Schedule.class, golden.text("schedule"), TorchNames.SCHEDULES, golden.options(), Map.of(), base);
        if (golden.has("metrics")) {
            throw new UnsupportedCaseException("a schedule cannot be told metrics");
        }
        double[] want = golden.numbers("lr_at_step");
        double[] got = new double[want.length];
        for (int step = 0; step < got.length; step++) {
            got[step] = base * schedule.factor(step);
        }
        return Comparison.difference("rate", want, got, ABSOLUTE);
    }
}
