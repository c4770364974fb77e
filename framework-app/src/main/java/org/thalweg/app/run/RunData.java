package org.thalweg.app.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Feature;
import org.thalweg.api.data.Schema;
import org.thalweg.api.data.Transform;
import org.thalweg.app.config.DataSettings;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.plugin.PluginContext;
import org.thalweg.data.Split;

/** The data sets of one run: opened, split, then transformed by what the training part teaches. Closes what it opened. */
final class RunData implements AutoCloseable {
    private final LoadedConfiguration configuration;
    private final List<Dataset> opened = new ArrayList<>();
    private final Map<String, Object> sources = new LinkedHashMap<>();
    private final List<Transform.Fitted> fitted = new ArrayList<>();
    private Schema schema;
    private Map<String, List<Feature>> features;
    private Dataset training;
    private Optional<Dataset> test;
    private Optional<Dataset> validation;

    private RunData(LoadedConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Opens a run's data.
     *
     * @throws DataException where it is not what it says, or cannot be split or transformed as asked
     */
    static RunData open(LoadedConfiguration configuration) throws IOException {
        RunData data = new RunData(configuration);
        try {
            data.read(configuration.run().data());
            return data;
        } catch (IOException | RuntimeException | Error failure) {
            data.close();
            throw failure;
        }
    }

    Dataset training() {
        return training;
    }

    Optional<Dataset> validation() {
        return validation;
    }

    Optional<Dataset> test() {
        return test;
    }

    /** The columns of the training data before any transform. */
    Schema schema() {
        return schema;
    }

    /** How each column of the training data was read from texts; empty where it was not. */
    Map<String, List<Feature>> features() {
        return features;
    }

    /** The transforms, in order, with what they learned from the training data. */
    List<Transform.Fitted> fitted() {
        return fitted;
    }

    /** The sources' sizes and checksums by their names, {@code train} and {@code test}. */
    Map<String, Object> sources() {
        return sources;
    }

    /** The sources' sizes and checksums, and the rows of each part, for manifests. */
    Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>(sources);
        Map<String, Object> rows = new LinkedHashMap<>();
        rows.put("training", training.size());
        validation.ifPresent(part -> rows.put("validation", part.size()));
        test.ifPresent(part -> rows.put("test", part.size()));
        description.put("rows", rows);
        return description;
    }

    private void read(DataSettings settings) throws IOException {
        training = open("train", settings.train());
        schema = training.schema();
        features = schema.names().stream().collect(Collectors.toMap(Function.identity(), training::features));
        test = settings.test().isPresent() ? Optional.of(open("test", settings.test().get())) : Optional.empty();
        validation = Optional.empty();
        double all = training.size();
        if (settings.testSplit().isPresent()) {
            test = Optional.of(take("data.testSplit", settings.testSplit().get(), 1));
        }
        if (settings.validation().isPresent()) {
            // Both fractions are of all rows; once the test data is gone, the validation data is a larger part of what is left.
            double left = settings.testSplit().flatMap(asked -> asked.fraction()).map(fraction -> 1 - fraction).orElse(training.size() / all);
            validation = Optional.of(take("data.validation", settings.validation().get(), left));
        }
        for (int i = 0; i < settings.transforms().size(); i++) {
            transform("data.transforms[" + i + "]", settings.transforms().get(i));
        }
    }

    private Dataset open(String name, DataSource source) throws IOException {
        try (PluginContext _ = PluginContext.of(source.getClass())) {
            Dataset data = source.open(configuration.context());
            opened.add(data);
            if (data.size() == 0) {
                throw located("data." + name, new DataException("the data has no rows"));
            }
            sources.put(name, DataFingerprint.of(data));
            return data;
        }
    }

    /**
     * Takes a part out of the training data.
     *
     * @param left how much of all rows the training data still has
     */
    private Dataset take(String path, org.thalweg.app.config.Split asked, double left) {
        Split split = located(path, () -> split(asked, left));
        training = split.rest();
        return split.part();
    }

    private Split split(org.thalweg.app.config.Split asked, double left) {
        long seed = configuration.run().seed();
        if (asked.column().isPresent()) {
            return Split.byColumn(training, asked.column().get(), asked.equals());
        }
        return asked.fold().isPresent()
                ? Split.fold(training, asked.of().get(), asked.fold().get() - 1, asked.stratified(), seed)
                : Split.of(training, asked.fraction().get() / left, asked.stratified(), seed);
    }

    private void transform(String path, Transform transform) {
        try (PluginContext _ = PluginContext.of(transform.getClass())) {
            Transform.Fitted one = located(path, () -> transform.fit(training));
            fitted.add(one);
            training = located(path, () -> one.apply(training));
            validation = validation.map(data -> located(path, () -> one.apply(data)));
            test = test.map(data -> located(path, () -> one.apply(data)));
        }
    }

    private <T> T located(String path, Supplier<T> step) {
        try {
            return step.get();
        } catch (DataException problem) {
            throw located(path, problem);
        }
    }

    private DataException located(String path, DataException problem) {
        return new DataException(configuration.problem(path, problem.getMessage()).toString(), problem);
    }

    @Override
    public void close() {
        opened.reversed().forEach(Dataset::close);
    }
}
