package org.thalweg.app.conformance;

import java.util.Map;
import java.util.Optional;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.training.TrainingListener;

/** The learning rate of every step. */
final class ScheduleCase {
    private static final double ABSOLUTE = 1e-15;

    private ScheduleCase() {}

    /** What differs. */
    static Optional<String> run(GoldenCase golden, CaseContext context) throws UnsupportedCaseException {
        double base = golden.number("base_lr");
        Schedule schedule = context.make(Schedule.class, golden.text("schedule"), TorchNames.SCHEDULES, 
                new Translation.Given(golden.options(), Map.of(), 1, base));
        double[] want = golden.numbers("lr_at_step");
        double[] metrics = golden.has("metrics") ? golden.numbers("metrics") : new double[0];
        double[] got = new double[want.length];
        Schedule.Course course = schedule.start();
        for (int step = 0; step < got.length; step++) {
            got[step] = base * course.factor(step);
            if (step < metrics.length) {
                // In these cases an epoch is one step, and the schedule watches whatever metric is its default.
                Map<String, Double> judged = Map.of("validation.loss", metrics[step], "train.loss", metrics[step]);
                course.afterEpoch(new TrainingListener.EpochEnded(step + 1, step + 1, judged, 0, 0));
            }
        }
        return Comparison.difference("rate", want, got, ABSOLUTE);
    }
}
