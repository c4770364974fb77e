package org.thalweg.app.run;

import java.io.IOException;
import java.util.function.Function;
import org.thalweg.api.data.Dataset;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.pipeline.LocatedShapeException;
import org.thalweg.app.pipeline.PipelineBuilder;

/** A configured pipeline whose data is open, for whatever else one does with a pipeline than training it into a run folder. */
public final class OpenPipeline implements AutoCloseable {
    private final LoadedConfiguration configuration;
    private final RunData data;

    private OpenPipeline(LoadedConfiguration configuration, RunData data) {
        this.configuration = configuration;
        this.data = data;
    }

    /**
     * Opens the data.
     *
     * @throws org.thalweg.api.data.DataException where it is not what it says
     */
    public static OpenPipeline of(LoadedConfiguration configuration) throws IOException {
        return new OpenPipeline(configuration, RunData.open(configuration));
    }

    /** The configuration. */
    public LoadedConfiguration configuration() {
        return configuration;
    }

    /** The data that the pipeline learns from, after its transforms. */
    public Dataset training() {
        return data.training();
    }

    /**
     * Does something with the pipeline as it is configured.
     *
     * @throws org.thalweg.app.config.ConfigurationException where model, loss, metrics or optimizer do not fit the data or each other
     */
    public <T> T with(Function<PipelineBuilder, T> use) {
        try {
            return use.apply(ConfiguredPipeline.of(configuration, data));
        } catch (LocatedShapeException problem) {
            throw ConfiguredPipeline.located(problem, configuration);
        }
    }

    @Override
    public void close() {
        data.close();
    }
}
