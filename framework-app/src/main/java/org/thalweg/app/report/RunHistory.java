package org.thalweg.app.report;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.training.TrainingListener;

/** Remembers what a run told. */
public final class RunHistory implements TrainingListener {
    private final List<StepEnded> steps = new ArrayList<>();
    private final List<EpochEnded> epochs = new ArrayList<>();
    private RunStarted started;
    private RunEnded ended;

    /** With the epochs of before a run was resumed. */
    public void recall(List<EpochEnded> before) {
        epochs.addAll(before);
    }

    @Override
    public void runStarted(RunStarted event) {
        started = event;
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
        ended = event;
    }

    RunStarted started() {
        return started;
    }

    List<StepEnded> steps() {
        return steps;
    }

    List<EpochEnded> epochs() {
        return epochs;
    }

    RunEnded ended() {
        return ended;
    }
}
