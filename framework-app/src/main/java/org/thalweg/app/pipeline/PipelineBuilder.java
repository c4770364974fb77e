package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.Sequence;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.training.StopCriterion;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.CpuBackend;

/**
 * Collects what a {@link Pipeline} needs. Training data, model, loss and optimizer must be given. A value that cannot be right is an
 * {@link IllegalArgumentException} at once; what is missing is an {@link IllegalStateException} from {@link #build()}.
 */
public final class PipelineBuilder {
    private String name = "training";
    private long seed = 42;
    private DType dtype = DType.FLOAT32;
    private Dataset training;
    private Dataset validation;
    private Dataset test;
    private Layer model;
    private List<String> modelInputs = List.of();
    private String lossName;
    private Loss loss;
    private Optimizer optimizer;
    private final List<ParameterGroup> groups = new ArrayList<>();
    private Schedule schedule = step -> 1;
    private final List<GradientTransform> gradientTransforms = new ArrayList<>();
    private final Map<String, Metric> metrics = new LinkedHashMap<>();
    private int epochs = 1;
    private int batchSize = 32;
    private int accumulate = 1;
    private int threads = Runtime.getRuntime().availableProcessors();
    private final List<StopCriterion> stop = new ArrayList<>();
    private final List<TrainingListener> listeners = new ArrayList<>();
    private Checkpoint.Receiver checkpointEachEpoch;
    private Checkpoint resume;
    private final Map<String, double[]> initialParameters = new LinkedHashMap<>();
    private IntFunction<int[]> rowOrder;
    private int listenEverySteps = 100;
    private BooleanSupplier cancelWhen = () -> false;
    private IntFunction<Backend> backend = CpuBackend::new;

    PipelineBuilder() {}

    /** What listeners call the run; {@code training} unless given. */
    public PipelineBuilder name(String name) {
        require(name != null && !name.isBlank(), "the run's name must not be empty");
        this.name = name;
        return this;
    }

    /** What all randomness follows from; 42 unless given. */
    public PipelineBuilder seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** The type to compute in, FLOAT32 (unless given) or FLOAT64. */
    public PipelineBuilder dtype(DType dtype) {
        require(dtype != null && dtype.isFloating(), "a model computes in FLOAT32 or FLOAT64, not in " + dtype);
        this.dtype = dtype;
        return this;
    }

    /** The data to learn from. */
    public PipelineBuilder training(Dataset data) {
        training = withRows(data, "training");
        return this;
    }

    /** The data that judges every epoch. */
    public PipelineBuilder validation(Dataset data) {
        validation = withRows(data, "validation");
        return this;
    }

    /** The data that judges the final parameters, once, if the run is neither cancelled nor diverges. */
    public PipelineBuilder test(Dataset data) {
        test = withRows(data, "test");
        return this;
    }

    /** The model; its parameters' paths begin with nothing. */
    public PipelineBuilder model(Layer model) {
        this.model = present(model, "the model");
        return this;
    }

    /** Layers one after another; their paths are their numbers, from 0. */
    public PipelineBuilder model(Layer first, Layer second, Layer... more) {
        List<Layer> layers = new ArrayList<>(List.of(present(first, "the model's first layer"), present(second, "the model's second layer")));
        layers.addAll(List.of(more));
        return model(new Sequence(layers));
    }

    /**
     * The columns that the model is applied to, each with the same parameters, as {@code anchor, positive, negative}: the results are the loss's
     * inputs of these names, and its other inputs are columns of the data. State, such as running means, goes on from one to the next. Metrics
     * judge the first result. Unless given, the model is applied to {@code input}, and the result is the loss's first input.
     */
    public PipelineBuilder modelInputs(String... columns) {
        modelInputs = List.of(columns);
        return this;
    }

    /** What to minimise. */
    public PipelineBuilder loss(Loss loss) {
        return loss(SpokenName.of(present(loss, "the loss"), "loss"), loss);
    }

    /** What to minimise, and what to call it in messages. */
    public PipelineBuilder loss(String name, Loss loss) {
        require(name != null && !name.isBlank(), "the loss's name must not be empty");
        require(present(loss, "the loss").reduction() != Reduction.NONE,
                name + ": a loss that trains must become one number, so its reduction must be mean or sum, not none");
        require(!loss.inputs().isEmpty(), name + ": a loss needs at least one input, the model's output");
        this.lossName = name;
        this.loss = loss;
        return this;
    }

    /** The rule that changes the parameters, those in a {@link #group} excepted. */
    public PipelineBuilder optimizer(Optimizer optimizer) {
        this.optimizer = present(optimizer, "the optimizer");
        return this;
    }

    /**
     * Another rule, or other settings, for the parameters whose paths are as the pattern says. The first pattern that matches a parameter counts, in
     * the order of the calls; one that matches none is an error once the model is known. The schedule scales every rule's learning rate alike.
     *
     * @param pattern of paths, with * for any characters: {@code *.bias}
     * @param optimizer must take the whole data set at a step where the run's does, and only there
     */
    public PipelineBuilder group(String pattern, Optimizer optimizer) {
        return group(new ParameterGroup(List.of(present(pattern, "the pattern")), Optional.of(present(optimizer, "the optimizer of '" + pattern + "'"))));
    }

    /**
     * Parameters to leave as they are: without gradients, updates or optimizer state. Gradient transforms do not see them. The running statistics
     * of their layers go on.
     *
     * @param pattern of paths, with * for any characters: {@code 0.*}
     */
    public PipelineBuilder freeze(String pattern) {
        return group(new ParameterGroup(List.of(present(pattern, "the pattern")), Optional.empty()));
    }

    /** A group with several patterns; see {@link #group(String, Optimizer)} and {@link #freeze}. */
    public PipelineBuilder group(ParameterGroup group) {
        groups.add(present(group, "the group"));
        return this;
    }

    /** How the learning rate changes; it stays unless given. */
    public PipelineBuilder schedule(Schedule schedule) {
        this.schedule = present(schedule, "the schedule");
        return this;
    }

    /** What is done to the gradients before the optimizer sees them, in order; adds to those already given. */
    public PipelineBuilder gradientTransforms(GradientTransform... transforms) {
        gradientTransforms.addAll(List.of(transforms));
        return this;
    }

    /** A figure to report for validation and test data; the first one decides which epoch is best. */
    public PipelineBuilder metric(String name, Metric metric) {
        require(name != null && !name.isBlank(), "a metric's name must not be empty");
        require(!name.equals("loss"), "a metric cannot be called 'loss': the loss is reported under that name");
        require(!metrics.containsKey(name), "two metrics are called '" + name + "'");
        metrics.put(name, present(metric, "the metric '" + name + "'"));
        return this;
    }

    /** How often to go through the training data, at most; 1 unless given. */
    public PipelineBuilder epochs(int epochs) {
        require(epochs >= 1, "the number of epochs must be at least 1, but is " + epochs);
        this.epochs = epochs;
        return this;
    }

    /** Rows of a batch, which is a step unless several {@link #accumulate}; 32 unless given. The last batch of an epoch may be smaller. */
    public PipelineBuilder batchSize(int batchSize) {
        require(batchSize >= 1, "the batch size must be at least 1, but is " + batchSize);
        this.batchSize = batchSize;
        return this;
    }

    /**
     * Batches of a step; 1 unless given. A step then does what it would do with all rows of its batches in one, in the memory of one batch: sums
     * of the loss and what its mean divides by are added up apart. Layers see one batch at a time: batch normalisation takes the statistics of each, and its running ones
     * change with every batch. The last step of an epoch may have fewer batches. Whatever counts steps (schedules, listeners, the optimizer) counts these.
     */
    public PipelineBuilder accumulate(int batches) {
        require(batches >= 1, "the number of batches of a step must be at least 1, but is " + batches);
        this.accumulate = batches;
        return this;
    }

    /** Threads that compute, all processors unless given; results do not depend on it. */
    public PipelineBuilder threads(int threads) {
        require(threads >= 1, "the number of threads must be at least 1, but is " + threads);
        this.threads = threads;
        return this;
    }

    /** What ends the run early; the first that is met does. Adds to those already given. */
    public PipelineBuilder stop(StopCriterion... criteria) {
        stop.addAll(List.of(criteria));
        return this;
    }

    /** Who is told how the run goes. Adds to those already given. */
    public PipelineBuilder listener(TrainingListener... listeners) {
        this.listeners.addAll(List.of(listeners));
        return this;
    }

    /** Who is handed a checkpoint at the end of every epoch, for instance to keep it in a file. Nobody unless given. */
    public PipelineBuilder checkpointEachEpoch(Checkpoint.Receiver receiver) {
        checkpointEachEpoch = present(receiver, "the receiver of checkpoints");
        return this;
    }

    /**
     * Goes on from a checkpoint of a pipeline of the same model, data, optimizer, seed and batch size: every number is then the one that the
     * run would have had without a stop. Epochs count from the beginning of the first run.
     */
    public PipelineBuilder resume(Checkpoint checkpoint) {
        resume = present(checkpoint, "the checkpoint");
        return this;
    }

    /**
     * Values to start from instead of the initializers': of parameters, and of state such as running statistics, by path, as
     * {@code 0.weight}. Paths that are not given start as their layers say.
     */
    public PipelineBuilder initialParameters(Map<String, double[]> values) {
        values.forEach((path, array) -> initialParameters.put(path, array.clone()));
        return this;
    }

    /**
     * The order in which an epoch goes through the rows, given the epoch's number from 1; as many rows in every epoch. Unless given, a
     * permutation that depends on nothing but the seed and the epoch.
     */
    public PipelineBuilder rowOrder(IntFunction<int[]> rowOrder) {
        this.rowOrder = present(rowOrder, "the row order");
        return this;
    }

    /** How often listeners hear of a step; every 100 steps unless given. */
    public PipelineBuilder listenEverySteps(int steps) {
        require(steps >= 1, "listenEverySteps must be at least 1, but is " + steps);
        this.listenEverySteps = steps;
        return this;
    }

    /** Asked before every step, for callers who cannot keep the pipeline to {@link Pipeline#cancel() cancel} it. */
    public PipelineBuilder cancelWhen(BooleanSupplier cancelled) {
        this.cancelWhen = present(cancelled, "the cancellation");
        return this;
    }

    /** What computes, given the number of threads; this machine's processors unless given. The run closes it. */
    public PipelineBuilder backend(IntFunction<Backend> backend) {
        this.backend = present(backend, "the backend");
        return this;
    }

    /** The pipeline; changing this builder later does not change it. */
    public Pipeline build() {
        for (StopCriterion criterion : stop) {
            ReportedMetrics.unknown(criterion, metrics.keySet(), validation != null).ifPresent(problem -> {
                throw new IllegalStateException(SpokenName.of(criterion, "the stop criterion") + " " + problem);
            });
        }
        if (loss != null) {
            ModelInputs.problem(modelInputs, lossName, loss).ifPresent(problem -> {
                throw new IllegalStateException("modelInputs " + problem);
            });
        }
        Plan plan = new Plan(name, seed, dtype, given(training, "training data", "training(...)"), Optional.ofNullable(validation),
                Optional.ofNullable(test), given(model, "model", "model(...)"),
                ModelInputs.of(modelInputs, given(loss, "loss", "loss(...)")), lossName, loss,
                given(optimizer, "optimizer", "optimizer(...)"), List.copyOf(groups), schedule, List.copyOf(gradientTransforms),
                new LinkedHashMap<>(metrics), epochs, batchSize, accumulate, threads, List.copyOf(stop), List.copyOf(listeners),
                Optional.ofNullable(checkpointEachEpoch), Optional.ofNullable(resume), Map.copyOf(initialParameters), Optional.ofNullable(rowOrder), listenEverySteps, cancelWhen, backend);
        requireOneSizeOfBatch();
        return new Pipeline(plan);
    }

    private void requireOneSizeOfBatch() {
        boolean whole = optimizer.wholeDataset();
        if (whole && accumulate > 1) {
            throw new IllegalStateException("the optimizer takes the whole data set in one batch, so there is nothing to accumulate: leave out accumulate(...)");
        }
        boolean rows = optimizer.rowSparse() || groups.stream().flatMap(group -> group.optimizer().stream()).anyMatch(Optimizer::rowSparse);
        if (rows && accumulate > 1) {
            throw new IllegalStateException("an optimizer that changes single rows needs steps of one batch: leave out accumulate(...), or take another optimizer");
        }
        groups.stream().filter(group -> group.optimizer().isPresent() && group.optimizer().get().wholeDataset() != whole).findFirst().ifPresent(group -> {
            throw new IllegalStateException("the optimizer of " + group.parameters() + (whole ? " takes a batch" : " takes the whole data set")
                    + " at a step, the run's " + (whole ? "the whole data set" : "a batch") + ": choose optimizers that agree");
        });
    }

    private static Dataset withRows(Dataset data, String role) {
        require(present(data, "the " + role + " data").size() > 0, "the " + role + " data has no rows");
        return data;
    }

    private static <T> T present(T value, String what) {
        require(value != null, what + " must not be null");
        return value;
    }

    private static <T> T given(T value, String what, String method) {
        if (value == null) {
            throw new IllegalStateException("the pipeline has no " + what + ": call " + method);
        }
        return value;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
