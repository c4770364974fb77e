package org.thalweg.app.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Schema;
import org.thalweg.api.data.Transform;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.config.RunConfiguration;
import org.thalweg.app.pipeline.LocatedShapeException;
import org.thalweg.app.pipeline.Prediction;
import org.thalweg.app.pipeline.Weights;
import org.thalweg.app.plugin.PluginContext;
import org.thalweg.app.predict.Answers;
import org.thalweg.app.predict.FeatureChoice;
import org.thalweg.app.predict.FeatureGroup;
import org.thalweg.app.predict.FilePredictions;
import org.thalweg.app.run.StoredRun.WeightsChoice;
import org.thalweg.autodiff.compile.CpuBackend;

/** The model of a stored run, which answers the rows of files. Needs no training data, but for a transform that cannot be restored without it. */
public final class RunPrediction {
    private RunPrediction() {}

    /**
     * Answers a file's rows in another file, which appears only when it is complete.
     *
     * @param input a file of comma-separated values or JSON Lines, by its extension
     * @param output likewise, of the same format
     * @param scores whether the probabilities or scores of all classes are wanted
     * @return the number of rows
     * @throws DataException where a row is not what the model takes; the message names the line
     */
    public static long of(StoredRun run, WeightsChoice choice, Path input, Path output, boolean scores) throws IOException {
        LoadedConfiguration configuration = run.configuration();
        RunConfiguration settings = configuration.run();
        FilePredictions.Format format = FilePredictions.format(input, output);
        DataSummary data = DataSummary.read(run.folder().file(RunFolder.DATA));
        List<Transform.Fitted> transforms = transforms(configuration, data);
        Schema schema = Answers.transformed(data.schema(), transforms);
        try {
            Weights model = Prediction.initialWeights(settings.model(), settings.dtype().dtype(), settings.input(), schema);
            Map<String, double[]> weights = run.weights(choice, model);
            int batch = settings.data().batchSize();
            try (Prediction prediction = new Prediction(settings.model(), settings.dtype().dtype(), settings.input(), schema, weights, batch,
                    new CpuBackend(settings.training().usableThreads()))) {
                Answers answers = new Answers(prediction, settings.loss().loss(), settings.target(), data.schema(), transforms, batch,
                        settings.dtype().dtype().bytes() == 4);
                FeatureChoice features = features(configuration, data, prediction.columns());
                return new FilePredictions(format, delimiter(configuration), features, answers, scores).copy(input, output);
            }
        } catch (LocatedShapeException problem) {
            throw ConfiguredPipeline.located(problem, configuration);
        }
    }

    private static List<Transform.Fitted> transforms(LoadedConfiguration configuration, DataSummary data) throws IOException {
        List<Transform> transforms = configuration.run().data().transforms();
        List<Transform.Fitted> fitted = new ArrayList<>();
        for (int i = 0; i < transforms.size() && i < data.learned().size(); i++) {
            try (PluginContext _ = PluginContext.of(transforms.get(i).getClass())) {
                fitted.add(transforms.get(i).restore(data.learned().get(i)));
            } catch (DataException notRestorable) {
                break;
            }
        }
        if (fitted.size() == transforms.size() && fitted.size() == data.learned().size()) {
            return fitted;
        }
        try (RunData opened = RunData.open(configuration)) {
            return opened.fitted();
        }
    }

    private static Map<?, ?> source(LoadedConfiguration configuration) {
        return configuration.tree().get("data") instanceof Map<?, ?> data && data.get("train") instanceof Map<?, ?> train ? train : Map.of();
    }

    private static char delimiter(LoadedConfiguration configuration) {
        return source(configuration).get("delimiter") instanceof String text && text.length() == 1 ? text.charAt(0) : ',';
    }

    private static FeatureChoice features(LoadedConfiguration configuration, DataSummary data, List<String> columns) {
        List<FeatureGroup> groups = columns.stream().map(column -> FeatureGroup.of(data.schema().column(column), data.features().get(column))).toList();
        return new FeatureChoice(groups, Optional.ofNullable(source(configuration).get("target")).map(String::valueOf));
    }
}
