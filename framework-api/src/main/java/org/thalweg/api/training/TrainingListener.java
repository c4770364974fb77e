package org.thalweg.api.training;

import java.util.Map;
import org.thalweg.api.plugin.Stable;

/** Is told how a run goes, on the training thread; it should return quickly. An exception ends the run. */
@Stable
public interface TrainingListener {
    /** Before the first step. */
    default void runStarted(RunStarted event) {}

    /** After a step: every {@link RunStarted#listenEverySteps()} steps, and after the last one of an epoch. */
    default void stepEnded(StepEnded event) {}

    /** After an epoch and its validation. */
    default void epochEnded(EpochEnded event) {}

    /** After the run, however it ended. */
    default void runEnded(RunEnded event) {}

    /**
     * The run begins.
     *
     * @param name of the run
     * @param parameters number of trainable numbers
     * @param trainingRows rows of an epoch
     * @param epochs planned
     * @param stepsPerEpoch steps of an epoch, each of one batch or of several that add up
     * @param listenEverySteps how often {@link #stepEnded} is called
     */
    record RunStarted(String name, long parameters, int trainingRows, int epochs, int stepsPerEpoch, int listenEverySteps) {}

    /**
     * A step is done.
     *
     * @param epoch from 1
     * @param step of the run, from 1
     * @param loss of the batch, before the step's update
     * @param learningRate used
     * @param gradientNorm Euclidean norm of all gradients, NaN where no stop criterion asked for it
     */
    record StepEnded(int epoch, long step, double loss, double learningRate, double gradientNorm) {}

    /**
     * An epoch is done.
     *
     * @param epoch from 1
     * @param step of the run, from 1
     * @param metrics by name: {@code train.loss}, {@code validation.loss}, {@code validation.accuracy} ...
     * @param seconds the epoch took, with its validation
     * @param samplesPerSecond of the training part
     */
    record EpochEnded(int epoch, long step, Map<String, Double> metrics, double seconds, double samplesPerSecond) {}

    /**
     * The run is over.
     *
     * @param reason why
     * @param metrics of the last epoch, and of the test data where there is some, as {@code test.accuracy}
     * @param bestEpoch the epoch whose weights were best, 0 where none was finished
     * @param seconds of the whole run
     */
    record RunEnded(StopReason reason, Map<String, Double> metrics, int bestEpoch, double seconds) {}
}
