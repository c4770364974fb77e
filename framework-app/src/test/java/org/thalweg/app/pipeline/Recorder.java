package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.training.TrainingListener;

/** Keeps every event. */
final class Recorder implements TrainingListener {
    final List<RunStarted> started = new ArrayList<>();
    final List<StepEnded> steps = new ArrayList<>();
    final List<EpochEnded> epochs = new ArrayList<>();
    final List<RunEnded> ended = new ArrayList<>();

    @Override
    public void runStarted(RunStarted event) {
        started.add(event);
    }

    @Override
    public void stepEnded(StepEnded event) {
        steps.add(event);
    }

    @Override
    public void epochEnded(EpochEnded event) {
        epochs.add(event);
    }

    @Override
    public void runEnded(RunEnded event) {
        ended.add(event);
    }

    List<Double> losses() {
        return steps.stream().map(StepEnded::loss).toList();
    }
}
