package org.thalweg.app.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thalweg.api.data.Column;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;

/**
 * Everything that one training run needs to know: the whole configuration file as one settings record.
 *
 * @param name of the run
 * @param seed all randomness follows from it
 * @param dtype the type of number to compute in
 * @param data to learn from and to be judged by
 * @param model to train
 * @param modelInputs columns that the model is applied to; empty for {@code input} alone
 * @param loss to minimise
 * @param classWeights how much each class counts in the loss
 * @param optimizer that minimises it
 * @param schedule of the learning rate
 * @param gradientTransforms in order, before the optimizer
 * @param metrics reported next to the loss
 * @param training how long
 */
@Description("A training run.")
public record RunConfiguration(
        @Description("What the run is called; the file's name if not given.") String name,
        @Description("All randomness follows from it.") @Default("42") long seed,
        @Description("The type of number to compute in.") @Default("float32") Precision dtype,
        @Description("The data: 'train' at least.") DataSettings data,
        @Description("The model: a layer, or a list of them.") Layer model,
        @Description("Columns to which the model is applied, each with the same parameters; the results are the loss's inputs of these names. If none is given,"
                + " the model is applied to 'input', and the result is the loss's first input.") @Default("[]") List<String> modelInputs,
        @Description("What the model minimises.") NamedLoss loss,
        @Description("How much each class counts in the loss: a list of numbers, a map from category to number, or 'balanced', which is n / (k * m) for a class"
                + " with m of the n training rows, where there are k classes.")
                Optional<ClassWeights> classWeights,
        @Description("The rule that updates parameters.") GroupedOptimizer optimizer,
        @Description("How the learning rate changes.") Optional<Schedule> schedule,
        @Description("Changes to the gradients, in order, before the optimizer.") @Default("[]") List<GradientTransform> gradientTransforms,
        @Description("Figures to report; the first is the one in the last line.") @Default("[]") List<NamedMetric> metrics,
        @Description("How long to train: 'epochs' at least.") TrainingSettings training) {
    /** Copies the lists, and numbers metrics of one name: {@code top-k-accuracy}, {@code top-k-accuracy-2}. */
    public RunConfiguration {
        gradientTransforms = List.copyOf(gradientTransforms);
        modelInputs = List.copyOf(modelInputs);
        Set<String> taken = new HashSet<>();
        metrics = metrics.stream().map(metric -> unique(metric, taken)).toList();
    }

    RunConfiguration with(ClassWeights weights) {
        return new RunConfiguration(name, seed, dtype, data, model, modelInputs, loss, Optional.of(weights), optimizer, schedule, gradientTransforms, metrics, training);
    }

    /** The column that goes into the model; the first of several. */
    public String input() {
        return modelInputs.isEmpty() ? Column.INPUT : modelInputs.getFirst();
    }

    /** The column that says what the model's output should be; none where the loss judges several outputs together, or nothing but outputs. */
    public Optional<String> target() {
        return modelInputs.size() > 1 ? Optional.empty() : loss.loss().inputs().stream().skip(1).findFirst();
    }

    private static NamedMetric unique(NamedMetric metric, Set<String> taken) {
        String name = metric.name();
        for (int number = 2; !taken.add(name); number++) {
            name = metric.name() + "-" + number;
        }
        return new NamedMetric(name, metric.metric());
    }
}
