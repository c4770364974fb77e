package org.thalweg.app.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.api.data.DataException;

/**
 * Which columns of a file go into the model.
 *
 * @param features their names in the order of training; empty where the configuration names none
 * @param target the name of the column that is to be predicted, which the file may have as well
 * @param width how many numbers the model takes
 */
public record FeatureChoice(List<String> features, Optional<String> target, int width) {
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
        if (features.size() == width && names.containsAll(features)) {
            return features.stream().mapToInt(names::indexOf).toArray();
        }
        if (columns == width && target.map(names::indexOf).orElse(-1) < 0) {
            return IntStream.range(0, columns).toArray();
        }
        if (columns == width + 1 && target.isPresent() && names.contains(target.get())) {
            return IntStream.range(0, columns).filter(column -> column != names.indexOf(target.get())).toArray();
        }
        throw new DataException(place + ": there are " + columns + (columns == 1 ? " column" : " columns") + ", but the model takes " + width
                + (width == 1 ? " number" : " numbers") + " a row; give it the columns of the training data's features in their order"
                + (features.size() == width ? ", or a header with their names: " + String.join(", ", features) : ""));
    }

    /** The names that a record may use for the features. */
    List<String> namesAmong(List<String> names) {
        if (features.size() == width && names.containsAll(features)) {
            return features;
        }
        List<String> others = new ArrayList<>(names);
        target.ifPresent(others::remove);
        return others;
    }
}
