package org.thalweg.app.run;

import java.io.IOException;
import java.util.OptionalInt;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.pipeline.LocatedShapeException;
import org.thalweg.app.pipeline.ModelSummary;

/** Tells what the model of a configuration consists of, for the data of that configuration. */
public final class RunSummary {
    private RunSummary() {}

    /**
     * Opens the data and traces the model.
     *
     * @param rows of the batch; those of the configuration if not given
     * @throws org.thalweg.app.config.ConfigurationException where model, loss, metrics or optimizer do not fit the data or each other
     * @throws org.thalweg.api.data.DataException where the data is not what it says
     */
    public static ModelSummary of(LoadedConfiguration configuration, OptionalInt rows) throws IOException {
        try (RunData data = RunData.open(configuration)) {
            return ConfiguredPipeline.of(configuration, data).build().summary(rows);
        } catch (LocatedShapeException problem) {
            throw ConfiguredPipeline.located(problem, configuration);
        }
    }
}
