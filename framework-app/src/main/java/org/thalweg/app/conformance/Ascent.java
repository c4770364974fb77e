package org.thalweg.app.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.Tensor;

/** To maximise is to minimise the opposite, whose gradient is the opposite. */
record Ascent(Optimizer optimizer) implements Optimizer {
    private static final String OPTION = "maximize";

    /** The optimizer of a case, uphill where its options say so. */
    static Optimizer of(GoldenCase golden, CaseContext context) throws UnsupportedCaseException {
        Map<String, Object> options = new LinkedHashMap<>(golden.options());
        boolean uphill = Boolean.TRUE.equals(options.get(OPTION));
        if (uphill) {
            options.remove(OPTION);
        }
        Optimizer made = context.make(Optimizer.class, golden.text("optimizer"), TorchNames.OPTIMIZERS, options);
        return uphill ? new Ascent(made) : made;
    }

    @Override
    public double learningRate() {
        return optimizer.learningRate();
    }

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        return optimizer.update(parameter, gradient.neg(), state, step);
    }

    @Override
    public Tensor evaluated(Tensor parameter, State state) {
        return optimizer.evaluated(parameter, state);
    }

    @Override
    public boolean wholeDataset() {
        return optimizer.wholeDataset();
    }
}
