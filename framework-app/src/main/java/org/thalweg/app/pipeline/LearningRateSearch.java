package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.autodiff.compile.Backend;

/** The range test of Smith (2017), "Cyclical learning rates for training neural networks": training whose learning rate grows at every step. */
final class LearningRateSearch implements TrainingListener {
    /** How much of the average of before stays. */
    private static final double SMOOTHING = 0.9;
    /** The smoothed loss has exploded when it is so many times the best. */
    private static final double EXPLODED = 4;
    private static final int FEWEST_POINTS = 10;

    private final Plan plan;
    private final LearningRateRange range;
    private final BooleanSupplier cancelled;
    private final List<LearningRateCurve.Point> points = new ArrayList<>();
    private double average;
    private double best = Double.POSITIVE_INFINITY;
    private boolean exploded;

    LearningRateSearch(Plan plan, LearningRateRange range, BooleanSupplier cancelled) {
        if (!(plan.optimizer().learningRate() > 0)) {
            throw new IllegalArgumentException("the optimizer's learning rate is " + plan.optimizer().learningRate()
                    + ", which no factor changes: set it to any number above 0 for the search");
        }
        this.plan = plan;
        this.range = range;
        this.cancelled = cancelled;
    }

    LearningRateCurve run() {
        Schedule growing = step -> range.rate(step) / plan.optimizer().learningRate();
        int stepsPerEpoch = (plan.training().size() + plan.stepRows() - 1) / plan.stepRows();
        int epochs = (range.steps() + stepsPerEpoch - 1) / stepsPerEpoch;
        Plan test = plan.under(growing, epochs, this, () -> isOver() || cancelled.getAsBoolean());
        TrainingResult result;
        try (Backend backend = plan.backend().apply(plan.threads())) {
            result = new TrainingRun(test, backend, test.cancelWhen()).run();
        }
        String ending = exploded ? "the loss exploded"
                : result.reason().kind() == StopReason.Kind.DIVERGED ? result.reason().message()
                : points.size() >= range.steps() ? "all " + range.steps() + " learning rates were tried"
                : result.reason().message();
        return new LearningRateCurve(points, ending);
    }

    private boolean isOver() {
        return exploded || points.size() >= range.steps();
    }

    @Override
    public void stepEnded(StepEnded event) {
        if (isOver()) {
            return;
        }
        average = SMOOTHING * average + (1 - SMOOTHING) * event.loss();
        double smoothed = average / (1 - Math.pow(SMOOTHING, points.size() + 1.0));
        points.add(new LearningRateCurve.Point(event.learningRate(), event.loss(), smoothed));
        best = Math.min(best, smoothed);
        // A loss below 0 has no multiple that is worse.
        exploded = points.size() > FEWEST_POINTS && best > 0 && smoothed > EXPLODED * best;
    }
}
