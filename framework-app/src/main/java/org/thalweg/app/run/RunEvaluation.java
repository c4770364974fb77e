package org.thalweg.app.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.app.pipeline.LocatedShapeException;
import org.thalweg.app.pipeline.PipelineBuilder;
import org.thalweg.app.run.StoredRun.WeightsChoice;

/**
 * How good the model of a stored run is.
 *
 * @param part of the data
 * @param rows of that part
 * @param metrics the loss and the metrics under their full names, as {@code test.loss}
 * @param changes which of the data is no longer what the run was made with, in a sentence each
 */
public record RunEvaluation(Part part, int rows, Map<String, Double> metrics, List<String> changes) {
    /** A part of a run's data. */
    public enum Part {
        /** What judges the model at the end. */
        TEST,
        /** What judged every epoch. */
        VALIDATION,
        /** What the model learned from. */
        TRAIN
    }

    /**
     * Opens the run's data again, split as it was and with the transforms fitted to its training part, and judges the model.
     *
     * @param wanted the part; if not given, the first of test, validation and training data that the run has
     * @throws DataException where the run has no such part, or its weights are those of another model
     * @throws org.thalweg.app.config.ConfigurationException where model, loss or metrics do not fit the data
     */
    public static RunEvaluation of(StoredRun run, Optional<Part> wanted, WeightsChoice weights) throws IOException {
        try (RunData data = RunData.open(run.configuration())) {
            Part part = wanted.orElse(data.test().isPresent() ? Part.TEST : data.validation().isPresent() ? Part.VALIDATION : Part.TRAIN);
            Dataset rows = rows(data, part);
            PipelineBuilder pipeline = ConfiguredPipeline.of(run.configuration(), data);
            pipeline.initialParameters(run.weights(weights, pipeline.build().initialWeights()));
            return new RunEvaluation(part, rows.size(), pipeline.build().evaluate(Settings.kebab(part), rows), run.changes(data));
        } catch (LocatedShapeException problem) {
            throw ConfiguredPipeline.located(problem, run.configuration());
        }
    }

    private static Dataset rows(RunData data, Part part) {
        return switch (part) {
            case TRAIN -> data.training();
            case VALIDATION -> data.validation().orElseThrow(() -> missing(data, "validation", "data.validation.fraction=0.2"));
            case TEST -> data.test().orElseThrow(() -> missing(data, "test", "data.test=..."));
        };
    }

    private static DataException missing(RunData data, String part, String setting) {
        String others = part.equals("test") && data.validation().isPresent() ? "validation or train" : part.equals("validation") && data.test().isPresent()
                ? "test or train" : "train";
        return new DataException("the run has no " + part + " data: evaluate " + others + " with --data, or add some with --set " + setting);
    }
}
