package org.thalweg.app.predict;

import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Feature;

/**
 * The features that make one column of the data.
 *
 * @param column its name
 * @param features in the order of training
 */
public record FeatureGroup(String column, List<Feature> features) {
    /** Copies the list. */
    public FeatureGroup {
        features = List.copyOf(features);
    }

    /**
     * The features of a column.
     *
     * @param read how the training data's column was read from texts; empty if it was not, and then each of its numbers is a feature
     */
    public static FeatureGroup of(Column column, List<Feature> read) {
        int width = (int) column.shape().size();
        if (read.stream().mapToInt(Feature::width).sum() == width) {
            return new FeatureGroup(column.name(), read);
        }
        Feature.Kind kind = column.dtype().isFloating() ? Feature.Kind.NUMBER : Feature.Kind.CLASS_NUMBER;
        String name = width == 1 && !column.name().equals(Column.INPUT) ? column.name() : "";
        Feature each = new Feature(name, kind, column.categories(), List.of(), false);
        return new FeatureGroup(column.name(), IntStream.range(0, width).mapToObj(_ -> each).toList());
    }

    /** The features' names; empty for those that have none. */
    List<String> names() {
        return features.stream().map(Feature::name).toList();
    }
}
