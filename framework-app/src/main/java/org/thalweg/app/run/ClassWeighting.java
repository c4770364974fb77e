package org.thalweg.app.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.api.tensor.DType;
import org.thalweg.app.config.ClassWeights;
import org.thalweg.app.config.LoadedConfiguration;

/** Works out how much each class counts in the loss. */
final class ClassWeighting {
    private static final int BLOCK_ROWS = 4096;

    private final LoadedConfiguration configuration;
    private final Dataset training;
    private final Column target;

    private ClassWeighting(LoadedConfiguration configuration, Dataset training) {
        this.configuration = configuration;
        this.training = training;
        List<String> inputs = configuration.run().loss().loss().inputs();
        this.target = training.schema().column(inputs.get(1));
        if (target.dtype() != DType.INT32) {
            throw problem("", "column '" + target.name() + "' holds no class numbers but " + target.dtype() + ": leave the weights out");
        }
    }

    /**
     * A configuration whose weights of classes are numbers, so that they stay what they are when the run is evaluated or goes on: balanced ones
     * are counted in the training data, {@code n / (k * m)} for a class with m of the n rows, k being the number of classes.
     *
     * @throws DataException where the data does not have the classes
     */
    static LoadedConfiguration resolve(LoadedConfiguration configuration, RunData data) {
        if (configuration.run().classWeights().isEmpty()) {
            return configuration;
        }
        ClassWeighting weighting = new ClassWeighting(configuration, data.training());
        ClassWeights weights = configuration.run().classWeights().get();
        return configuration.with(weights.isBalanced() ? weighting.balanced() : weights);
    }

    /** The loss with the weights of its classes. */
    static Loss loss(LoadedConfiguration configuration, RunData data) {
        Loss loss = configuration.run().loss().loss();
        if (configuration.run().classWeights().isEmpty()) {
            return loss;
        }
        LoadedConfiguration resolved = resolve(configuration, data);
        ClassWeighting weighting = new ClassWeighting(resolved, data.training());
        try {
            return loss.withClassWeights(weighting.inOrder(resolved.run().classWeights().orElseThrow())).orElseThrow();
        } catch (IllegalArgumentException mistake) {
            throw weighting.problem("", mistake.getMessage());
        }
    }

    private List<Double> inOrder(ClassWeights weights) {
        if (weights.byName().isEmpty()) {
            return weights.byNumber();
        }
        weights.byName().keySet().stream().filter(name -> !target.categories().contains(name)).findFirst().ifPresent(name -> {
            throw problem("." + name, "column '" + target.name() + "' has no category '" + name + "'; " + Suggestion.forName(name, target.categories()));
        });
        List<Double> inOrder = new ArrayList<>();
        for (String category : target.categories()) {
            if (!weights.byName().containsKey(category)) {
                throw problem("", "category '" + category + "' has no weight: give one for each of " + target.categories());
            }
            inOrder.add(weights.byName().get(category));
        }
        return inOrder;
    }

    private ClassWeights balanced() {
        long[] counts = counts();
        long all = Arrays.stream(counts).sum();
        List<Double> byNumber = new ArrayList<>();
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int number = 0; number < counts.length; number++) {
            String name = target.categories().isEmpty() ? "" : target.categories().get(number);
            if (counts[number] == 0) {
                throw problem("", "class " + number + (name.isEmpty() ? "" : " ('" + name + "')")
                        + " does not occur in the training data, so it cannot be balanced: give the weights as numbers, or add rows of that class");
            }
            double weight = all / ((double) counts.length * counts[number]);
            byNumber.add(weight);
            byName.put(name, weight);
        }
        return target.categories().isEmpty() ? new ClassWeights(byNumber, Map.of()) : new ClassWeights(List.of(), byName);
    }

    /** By class number. Negative numbers are no classes: a loss ignores them. */
    private long[] counts() {
        int column = training.schema().indexOf(target.name());
        int size = (int) target.shape().size();
        int[] values = new int[BLOCK_ROWS * size];
        long[] counts = new long[target.categories().size()];
        for (int from = 0; from < training.size(); from += BLOCK_ROWS) {
            int rows = Math.min(BLOCK_ROWS, training.size() - from);
            training.read(column, IntStream.range(from, from + rows).toArray(), 0, rows, values);
            for (int i = 0; i < rows * size; i++) {
                if (values[i] >= counts.length && target.categories().isEmpty()) {
                    counts = Arrays.copyOf(counts, values[i] + 1);
                }
                if (values[i] >= 0 && values[i] < counts.length) {
                    counts[values[i]]++;
                }
            }
        }
        return counts;
    }

    private DataException problem(String inside, String message) {
        return new DataException(configuration.problem("classWeights" + inside, message).toString());
    }
}
