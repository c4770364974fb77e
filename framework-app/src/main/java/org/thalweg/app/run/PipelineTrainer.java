package org.thalweg.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.config.ConfigurationException;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.config.NamedMetric;
import org.thalweg.app.config.RunConfiguration;
import org.thalweg.app.pipeline.LocatedShapeException;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.pipeline.PipelineBuilder;
import org.thalweg.app.pipeline.TrainingResult;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.CpuBackend;

/** Trains with a {@link Pipeline}. */
final class PipelineTrainer implements Trainer {
    private final PluginRegistry plugins;

    PipelineTrainer(PluginRegistry plugins) {
        this.plugins = plugins;
    }

    @Override
    public StopReason train(
            LoadedConfiguration configuration, RunFolder folder, List<TrainingListener> listeners, BooleanSupplier cancelled) throws IOException {
        RunConfiguration run = configuration.run();
        try (RunData data = RunData.open(configuration);
                WeightFiles weights = new WeightFiles(folder, run.name())) {
            Manifest manifest = Manifest.of(run.name(), run.seed(), plugins).with("data", data.description());
            Opening opening = new Opening(configuration, folder, manifest);
            PipelineBuilder pipeline = pipeline(run, data)
                    .backend(threads -> opening.describe(new CpuBackend(threads)))
                    .listener(opening, folder.metrics())
                    .listener(listeners.toArray(TrainingListener[]::new))
                    .weightsEachEpoch(weights)
                    .cancelWhen(cancelled);
            TrainingResult result = pipeline.build().train();
            weights.runEnded(result);
            return result.reason();
        } catch (LocatedShapeException problem) {
            String path = PartPath.of(problem, configuration);
            ConfigurationException located = new ConfigurationException(List.of(configuration.problem(path, problem.getMessage())));
            located.initCause(problem);
            throw located;
        }
    }

    private static PipelineBuilder pipeline(RunConfiguration run, RunData data) {
        PipelineBuilder pipeline = Pipeline.builder()
                .name(run.name())
                .seed(run.seed())
                .dtype(run.dtype().dtype())
                .training(data.training())
                .model(run.model())
                .loss(run.loss().name(), run.loss().loss())
                .optimizer(run.optimizer())
                .epochs(run.training().epochs())
                .batchSize(run.data().batchSize())
                .threads(run.training().usableThreads());
        data.validation().ifPresent(pipeline::validation);
        data.test().ifPresent(pipeline::test);
        run.schedule().ifPresent(pipeline::schedule);
        run.gradientTransforms().forEach(pipeline::gradientTransforms);
        run.training().stop().forEach(pipeline::stop);
        for (NamedMetric metric : run.metrics()) {
            pipeline.metric(metric.name(), metric.metric());
        }
        return pipeline;
    }

    /** Writes down what the run is as soon as it is known to begin: until then the folder stays empty. */
    private static final class Opening implements TrainingListener {
        private final LoadedConfiguration configuration;
        private final RunFolder folder;
        private final Manifest manifest;
        private String kernels = "";

        Opening(LoadedConfiguration configuration, RunFolder folder, Manifest manifest) {
            this.configuration = configuration;
            this.folder = folder;
            this.manifest = manifest;
        }

        Backend describe(Backend backend) {
            kernels = backend.description();
            return backend;
        }

        @Override
        public void runStarted(RunStarted event) {
            try {
                folder.writeConfiguration(configuration.tree());
                folder.writeManifest(manifest.with("kernels", kernels).with("parameters", event.parameters()));
            } catch (IOException e) {
                throw new UncheckedIOException(folder.path() + " cannot be written to: " + e.getMessage(), e);
            }
        }
    }
}
