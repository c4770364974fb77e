package org.thalweg.app.run;

import java.util.List;
import org.thalweg.app.config.ConfigurationException;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.config.NamedMetric;
import org.thalweg.app.config.RunConfiguration;
import org.thalweg.app.pipeline.LocatedShapeException;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.pipeline.PipelineBuilder;

/** A pipeline as a configuration describes it. */
final class ConfiguredPipeline {
    private ConfiguredPipeline() {}

    /** Everything but listeners. */
    static PipelineBuilder of(LoadedConfiguration configuration, RunData data) {
        RunConfiguration run = configuration.run();
        PipelineBuilder pipeline = Pipeline.builder()
                .name(run.name())
                .seed(run.seed())
                .dtype(run.dtype().dtype())
                .training(data.training())
                .model(run.model())
                .modelInputs(run.modelInputs().toArray(String[]::new))
                .loss(run.loss().name(), ClassWeighting.loss(configuration, data))
                .optimizer(run.optimizer().optimizer())
                .epochs(run.training().epochs())
                .batchSize(run.data().batchSize())
                .accumulate(run.training().accumulate())
                .threads(run.training().usableThreads());
        data.validation().ifPresent(pipeline::validation);
        data.test().ifPresent(pipeline::test);
        run.optimizer().groups().forEach(pipeline::group);
        run.schedule().ifPresent(pipeline::schedule);
        run.gradientTransforms().forEach(pipeline::gradientTransforms);
        run.training().stop().forEach(pipeline::stop);
        for (NamedMetric metric : run.metrics()) {
            pipeline.metric(metric.name(), metric.metric());
        }
        return pipeline;
    }

    /** Shapes that do not fit, shown at their place in the configuration. */
    static ConfigurationException located(LocatedShapeException problem, LoadedConfiguration configuration) {
        String path = PartPath.of(problem, configuration);
        ConfigurationException located = new ConfigurationException(List.of(configuration.problem(path, problem.getMessage())));
        located.initCause(problem);
        return located;
    }
}
