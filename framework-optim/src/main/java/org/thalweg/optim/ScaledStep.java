package org.thalweg.optim;

import org.thalweg.api.optim.Step;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/** The step of one optimizer as another one, with its own learning rate, sees it: the schedule's factor acts on both. */
record ScaledStep(Step step, double from, double to) implements Step {
    @Override
    public Tensor learningRate() {
        return scaled(step.learningRate());
    }

    @Override
    public Tensor learningRate(String path) {
        return scaled(step.learningRate(path));
    }

    private Tensor scaled(Tensor rate) {
        // An outer rate of 0 says nothing about the schedule's factor.
        return from == 0 ? rate.constant(to) : rate.mul(to / from);
    }

    @Override
    public Tensor number() {
        return step.number();
    }

    @Override
    public Tensor uniform(String name, Shape shape) {
        return step.uniform(name, shape);
    }
}
