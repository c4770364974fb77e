package org.thalweg.autodiff.compile;

import java.util.Arrays;

/**
 * Steps that belong together.
 *
 * @param steps in order
 */
record StepSequence(Step[] steps) implements Step {
    @Override
    public void run(Memory memory) {
        for (Step step : steps) {
            step.run(memory);
        }
    }

    @Override
    public int[] reads() {
        return Arrays.stream(steps).flatMapToInt(step -> Arrays.stream(step.reads())).toArray();
    }

    @Override
    public int[] writes() {
        return Arrays.stream(steps).flatMapToInt(step -> Arrays.stream(step.writes())).toArray();
    }
}
