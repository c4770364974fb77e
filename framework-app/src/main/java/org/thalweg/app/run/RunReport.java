package org.thalweg.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.api.data.Dataset;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.config.RunConfiguration;
import org.thalweg.app.pipeline.Prediction;
import org.thalweg.app.pipeline.TrainingResult;
import org.thalweg.app.predict.Comparison;
import org.thalweg.app.report.Report;
import org.thalweg.app.report.RunHistory;
import org.thalweg.autodiff.compile.CpuBackend;

/** Writes {@code report.html} when a run is over. */
final class RunReport {
    private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);

    private RunReport() {}

    /** A run whose report cannot be drawn, as on a machine without fonts, is a good run all the same. */
    static void write(RunFolder folder, RunHistory history, LoadedConfiguration configuration, RunData data, TrainingResult result) {
        try {
            Dataset judged = data.test().or(data::validation).orElse(data.training());
            String name = data.test().isPresent() ? "test" : data.validation().isPresent() ? "validation" : "training";
            String yaml = Files.readString(folder.file(RunFolder.CONFIGURATION));
            folder.writeText("report.html", Report.of(history, name, comparison(configuration.run(), data, judged, result), yaml));
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warn("{} could not be made: {}", folder.file("report.html"), e.toString());
        }
    }

    private static Optional<Comparison> comparison(RunConfiguration run, RunData all, Dataset data, TrainingResult result) {
        if (!result.finalWeights().isFinite()) {
            return Optional.empty();
        }
        Map<String, double[]> weights = new LinkedHashMap<>();
        result.finalWeights().parameters().forEach((path, tensor) -> weights.put(path, tensor.values()));
        result.finalWeights().state().forEach((path, tensor) -> weights.put(path, tensor.values()));
        int batch = Math.min(run.data().batchSize(), data.size());
        try (Prediction model = new Prediction(run.model(), run.dtype().dtype(), run.input(), data.schema(), weights, batch,
                new CpuBackend(run.training().usableThreads()))) {
            return Comparison.of(model, run.loss().loss(), run.target(), data, all.schema(), all.fitted(), batch);
        }
    }
}
