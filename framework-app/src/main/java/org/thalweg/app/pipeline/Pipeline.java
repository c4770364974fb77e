package org.thalweg.app.pipeline;

import java.util.Map;
import java.util.OptionalInt;
import org.thalweg.api.data.Dataset;
import org.thalweg.autodiff.compile.Backend;

/**
 * One training run, described in Java.
 *
 * <pre>{@code
 * TrainingResult result = Pipeline.builder()
 *         .training(data)
 *         .model(Dense.of(8), new Tanh(), Dense.of(3))
 *         .loss(loss)
 *         .optimizer(optimizer)
 *         .epochs(10)
 *         .build()
 *         .train();
 * }</pre>
 *
 * <p>Several pipelines may train at once. Everything that a run makes, threads included, is gone when {@link #train()} returns, but for
 * the result. The data sets stay open: they belong to the caller.
 */
public final class Pipeline {
    private final Plan plan;
    private volatile boolean cancelled;

    Pipeline(Plan plan) {
        this.plan = plan;
    }

    /** What a pipeline needs is set here. */
    public static PipelineBuilder builder() {
        return new PipelineBuilder();
    }

    /**
     * Trains from the beginning, on the calling thread. Two calls give the same result.
     *
     * @return the trained parameters, and why the run ended
     * @throws org.thalweg.api.tensor.ShapeException where data, model and loss do not fit together
     * @throws org.thalweg.api.data.DataException where the data is not what it says
     */
    public TrainingResult train() {
        try (Backend backend = plan.backend().apply(plan.threads())) {
            return new TrainingRun(plan, backend, () -> cancelled || plan.cancelWhen().getAsBoolean()).run();
        }
    }

    /**
     * The layers, and what a batch costs. Nothing is computed.
     *
     * @param rows of the batch; those of a step of this pipeline if not given
     * @throws org.thalweg.api.tensor.ShapeException where data, model and loss do not fit together
     */
    public ModelSummary summary(OptionalInt rows) {
        return ModelSummary.of(plan, rows.orElse(plan.batchRows()));
    }

    /** The model's parameters and state as training would begin with them: what a stored model must agree with. Nothing is computed. */
    public Weights initialWeights() {
        Variables variables = new Variables(plan.seed(), plan.dtype(), plan.initialParameters());
        ModelTrace.of(plan, variables, plan.batch(1), 1, true);
        return variables.weights();
    }

    /**
     * Judges the model with its initial parameters, which {@link PipelineBuilder#initialParameters} gives; no layer behaves as in training.
     *
     * @param role what the data is called in the metrics' names and in messages: {@code test}
     * @return the loss and the metrics, as {@code test.loss}; nothing if the pipeline was cancelled
     * @throws org.thalweg.api.tensor.ShapeException where data, model and loss do not fit together
     * @throws org.thalweg.api.data.DataException where the data is not what it says
     */
    public Map<String, Double> evaluate(String role, Dataset data) {
        try (Backend backend = plan.backend().apply(plan.threads())) {
            Variables variables = new Variables(plan.seed(), plan.dtype(), plan.initialParameters());
            BatchColumns batch = plan.batch(plan.evaluationRows(data));
            Evaluation evaluation = new Evaluation(plan, variables, batch, backend, () -> cancelled || plan.cancelWhen().getAsBoolean());
            evaluation.prepare(data);
            BatchReader reader = new BatchReader(data, role, batch);
            variables.requireNothingGivenInVain();
            return evaluation.of(reader).orElse(Map.of());
        }
    }

    /**
     * Tries learning rates from very small to very large, one a step, and tells how the loss answered. Validation, test, stop criteria, the
     * schedule and listeners play no part. A loss that is not finite ends the test as one that explodes does.
     *
     * @throws org.thalweg.api.tensor.ShapeException where data, model and loss do not fit together
     * @throws org.thalweg.api.data.DataException where the data is not what it says
     */
    public LearningRateCurve findLearningRate(LearningRateRange range) {
        return new LearningRateSearch(plan, range, () -> cancelled || plan.cancelWhen().getAsBoolean()).run();
    }

    /**
     * The loss over all of the training data at once, as a function of all parameters, for minimizers and pictures. Close it.
     *
     * @throws org.thalweg.api.tensor.ShapeException where data, model and loss do not fit together
     */
    public PipelineObjective objective() {
        return new PipelineObjective(plan);
    }

    /** Ends the run after its current step, from any thread and for good: a pipeline that was cancelled before it trains does no step. */
    public void cancel() {
        cancelled = true;
    }
}
