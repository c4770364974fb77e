package org.thalweg.bench.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Gradient descent with momentum, {@code step = learningRate * gradient + momentum * step}, where the library itself has Nesterov's only.
 *
 * @param learningRate the length of a step
 * @param momentum the share of the last step that stays
 */
record Momentum(double learningRate, double momentum) implements IUpdater {
    private static final long serialVersionUID = 1;
    private static final String STEP = "step";

    @Override
    public long stateSize(long parameters) {
        return parameters;
    }

    @Override
    public GradientUpdater<Momentum> instantiate(INDArray view, boolean initialize) {
        Rule rule = new Rule(this);
        rule.setStateViewArray(view, view.shape(), view.ordering(), initialize);
        return rule;
    }

    @Override
    public GradientUpdater<Momentum> instantiate(Map<String, INDArray> state, boolean initialize) {
        Rule rule = new Rule(this);
        rule.setState(state, initialize);
        return rule;
    }

    @Override
    public IUpdater clone() {
        return this;
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return learningRate;
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(double rate, ISchedule schedule) {
        throw new UnsupportedOperationException("the learning rate is given once");
    }

    /** The equation at work, in as few calls of the library as it takes. */
    private static final class Rule implements GradientUpdater<Momentum> {
        private final Momentum config;
        private INDArray step;

        Rule(Momentum config) {
            this.config = config;
        }

        @Override
        public Momentum getConfig() {
            return config;
        }

        @Override
        public void setState(Map<String, INDArray> state, boolean initialize) {
            step = state.get(STEP);
        }

        @Override
        public Map<String, INDArray> getState() {
            return Map.of(STEP, step);
        }

        @Override
        public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {
            step = view;
            if (initialize) {
                step.assign(0);
            }
        }

        @Override
        public void applyUpdater(INDArray gradient, int iteration, int epoch) {
            gradient.muli(config.learningRate);
            Nd4j.getBlasWrapper().level1().axpy(gradient.length(), config.momentum, step, gradient);
            step.assign(gradient);
        }
    }
}
