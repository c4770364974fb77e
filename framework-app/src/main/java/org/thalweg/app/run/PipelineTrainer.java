package org.thalweg.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.thalweg.api.data.DataException;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.config.RunConfiguration;
import org.thalweg.app.pipeline.Checkpoint;
import org.thalweg.app.pipeline.LocatedShapeException;
import org.thalweg.app.pipeline.PipelineBuilder;
import org.thalweg.app.pipeline.TrainingResult;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.app.report.RunHistory;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.CpuBackend;

/** Trains with a {@link org.thalweg.app.pipeline.Pipeline}. */
final class PipelineTrainer implements Trainer {
    private final PluginRegistry plugins;

    private final IntFunction<Backend> backend;

    PipelineTrainer(PluginRegistry plugins) {
        this(plugins, CpuBackend::new);
    }

    /**
     * @param backend what computes, given the number of threads
     */
    PipelineTrainer(PluginRegistry plugins, IntFunction<Backend> backend) {
        this.plugins = plugins;
        this.backend = backend;
    }

    @Override
    public StopReason train(
            LoadedConfiguration configuration, RunFolder folder, List<TrainingListener> listeners, BooleanSupplier cancelled) throws IOException {
        return train(configuration, folder, listeners, cancelled, false);
    }

    @Override
    public StopReason resume(StoredRun run, List<TrainingListener> listeners, BooleanSupplier cancelled) throws IOException {
        return train(run.configuration(), run.folder(), listeners, cancelled, true);
    }

    private StopReason train(LoadedConfiguration read, RunFolder folder, List<TrainingListener> listeners, BooleanSupplier cancelled, boolean resume)
            throws IOException {
        RunConfiguration run = read.run();
        try (RunData data = RunData.open(read);
                WeightFiles weights = new WeightFiles(folder, run.name())) {
            LoadedConfiguration configuration = ClassWeighting.resolve(read, data);
            Manifest manifest = Manifest.of(run.name(), run.seed(), plugins).with("configurationFolder", configuration.context().folder().toString()).with("data", data.description());
            Opening opening = new Opening(configuration, folder, manifest, DataSummary.of(data));
            RunHistory history = new RunHistory();
            PipelineBuilder pipeline = ConfiguredPipeline.of(configuration, data)
                    .backend(threads -> opening.describe(backend.apply(threads)))
                    .listener(opening, history)
                    .listener(folder.metrics().toArray(TrainingListener[]::new))
                    .listener(listeners.toArray(TrainingListener[]::new))
                    .checkpointEachEpoch(weights)
                    .cancelWhen(cancelled);
            if (resume) {
                Checkpoint checkpoint = checkpoint(folder, pipeline, run);
                pipeline.resume(checkpoint);
                history.recall(checkpoint.epochs());
                CheckpointFile.forgetAfter(folder, checkpoint.last().epoch());
            }
            TrainingResult result = train(pipeline, opening, resume);
            weights.runEnded(result);
            RunReport.write(folder, history, configuration, data, result);
            return result.reason();
        } catch (LocatedShapeException problem) {
            throw ConfiguredPipeline.located(problem, read);
        }
    }

    /** Data may turn out to be wrong in the first epoch only, as a class number that the model cannot answer does. */
    private static TrainingResult train(PipelineBuilder pipeline, Opening opening, boolean resume) throws IOException {
        try {
            return pipeline.build().train();
        } catch (DataException wrong) {
            if (!resume) {
                opening.takeBack();
            }
            throw wrong;
        }
    }

    private static Checkpoint checkpoint(RunFolder folder, PipelineBuilder pipeline, RunConfiguration run) throws IOException {
        Checkpoint checkpoint = CheckpointFile.read(folder, pipeline.build().initialWeights());
        if (checkpoint.last().epoch() >= run.training().epochs()) {
            throw new DataException("the run has all its " + run.training().epochs() + " epochs: say how many it shall have in all with --set training.epochs="
                    + 2 * run.training().epochs());
        }
        return checkpoint;
    }

    /** Writes down what the run is as soon as it is known to begin: until then the folder stays empty. */
    private static final class Opening implements TrainingListener {
        private final LoadedConfiguration configuration;
        private final RunFolder folder;
        private final Manifest manifest;
        private final DataSummary data;
        private String kernels = "";
        private boolean isKept;

        Opening(LoadedConfiguration configuration, RunFolder folder, Manifest manifest, DataSummary data) {
            this.configuration = configuration;
            this.folder = folder;
            this.manifest = manifest;
            this.data = data;
        }

        Backend describe(Backend backend) {
            kernels = backend.description();
            return backend;
        }

        @Override
        public void epochEnded(EpochEnded event) {
            isKept = true;
        }

        /** Empties the folder of a run of which no epoch has ended. */
        void takeBack() throws IOException {
            for (String name : isKept ? List.<String>of() : List.of(RunFolder.CONFIGURATION, RunFolder.DATA, RunFolder.MANIFEST)) {
                Files.deleteIfExists(folder.file(name));
            }
        }

        @Override
        public void runStarted(RunStarted event) {
            try {
                folder.writeConfiguration(configuration);
                folder.writeJson(RunFolder.DATA, data.toJson());
                folder.writeManifest(manifest.with("kernels", kernels).with("parameters", event.parameters()));
            } catch (IOException e) {
                throw new UncheckedIOException(folder.path() + " cannot be written to: " + e.getMessage(), e);
            }
        }
    }
}
