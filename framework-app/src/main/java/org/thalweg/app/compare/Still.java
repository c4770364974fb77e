package org.thalweg.app.compare;

import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.Tensor;

/** Goes nowhere: for pipelines that are only looked at. */
enum Still implements Optimizer {
    HERE;

    @Override
    public double learningRate() {
        return 0;
    }

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        return Update.of(parameter);
    }
}
