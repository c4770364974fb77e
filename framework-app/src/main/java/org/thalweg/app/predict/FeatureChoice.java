package org.thalweg.app.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Feature;

/**
 * Which columns of a file go into the model, and how their texts become numbers.
 *
 * @param features in the order of training
 * @param target the name of the column that is to be predicted, which the file may have as well
 */
public record FeatureChoice(List<Feature> features, Optional<String> target) {
    /** Copies the list. */
    public FeatureChoice {
        features = List.copyOf(features);
    }

    /**
     * The places of the features.
     *
     * @param names the file's columns; empty where it has no header
     * @param columns how many
     * @param place of the first line, for messages
     */
    int[] of(List<String> names, int columns, String place) {
        int width = features.size();
        if (names.containsAll(names())) {
            return names().stream().mapToInt(names::indexOf).toArray();
        }
        if (columns == width && target.map(names::indexOf).orElse(-1) < 0) {
            return IntStream.range(0, columns).toArray();
        }
        if (columns == width + 1 && target.isPresent() && names.contains(target.get())) {
            return IntStream.range(0, columns).filter(column -> column != names.indexOf(target.get())).toArray();
        }
        boolean named = features.stream().noneMatch(feature -> feature.name().isEmpty());
        throw new DataException(place + ": there are " + columns + (columns == 1 ? " column" : " columns") + ", but the model takes " + width
                + (areNumbers() ? width == 1 ? " number" : " numbers" : width == 1 ? " value" : " values")
                + " a row; give it the columns of the training data's features in their order"
                + (named ? ", or a header with their names: " + String.join(", ", names()) : ""));
    }

    /** The names that a record may use for the features. */
    List<String> namesAmong(List<String> names) {
        if (names.containsAll(names())) {
            return names();
        }
        List<String> others = new ArrayList<>(names);
        target.ifPresent(others::remove);
        return others;
    }

    private List<String> names() {
        return features.stream().map(Feature::name).toList();
    }

    private boolean areNumbers() {
        return features.stream().allMatch(feature -> feature.kind() == Feature.Kind.NUMBER);
    }

    /** How many numbers the features become. */
    int width() {
        return features.stream().mapToInt(Feature::width).sum();
    }

    /** What is wrong with the text of a feature. */
    interface Wrong {
        DataException at(int feature, DataException what);
    }

    /** The numbers of a row of texts, one for each feature. */
    double[] encode(List<String> texts, Wrong wrong) {
        double[] numbers = new double[width()];
        int at = 0;
        for (int i = 0; i < features.size(); i++) {
            try {
                features.get(i).encode(texts.get(i), numbers, at);
            } catch (DataException what) {
                throw wrong.at(i, what);
            }
            at += features.get(i).width();
        }
        return numbers;
    }

    /** Whether texts are a row, and no header. */
    boolean isRow(List<String> texts) {
        try {
            return texts.size() == features.size() && encode(texts, (_, what) -> what).length > 0;
        } catch (DataException header) {
            return false;
        }
    }
}
