package org.thalweg.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.Shape;

/**
 * What a transform learned of each feature of a column: the shape of a row, and one number for each feature under each name.
 *
 * @param transform its name, for messages
 * @param shape of a row
 * @param features by name; all finite
 */
record Learned(String transform, Shape shape, Map<String, double[]> features) {
    private static final String SHAPE = "shape";

    /** From what {@link #asMap} had given. */
    static Learned from(String transform, Map<String, double[]> learned, String... names) {
        double[] extents = learned.get(SHAPE);
        if (extents == null || Arrays.stream(extents).anyMatch(extent -> extent < 0 || extent != (int) extent)) {
            throw new DataException(transform + " cannot be restored: '" + SHAPE + "' must be the extents of a row, but is "
                    + Arrays.toString(extents) + "; fit it to the training data again");
        }
        Shape shape = Shape.of(Arrays.stream(extents).mapToInt(extent -> (int) extent).toArray());
        Map<String, double[]> features = new LinkedHashMap<>();
        for (String name : names) {
            double[] numbers = learned.get(name);
            if (numbers == null || numbers.length != shape.size() || !Arrays.stream(numbers).allMatch(Double::isFinite)) {
                throw new DataException(transform + " cannot be restored: '" + name + "' must be " + shape.size()
                        + " finite numbers for rows of shape " + shape + "; fit it to the training data again");
            }
            features.put(name, numbers.clone());
        }
        return new Learned(transform, shape, features);
    }

    double[] of(String name) {
        return features.get(name);
    }

    Map<String, double[]> asMap() {
        Map<String, double[]> all = new LinkedHashMap<>();
        all.put(SHAPE, IntStream.range(0, shape.rank()).mapToDouble(shape::extent).toArray());
        features.forEach((name, numbers) -> all.put(name, numbers.clone()));
        return all;
    }

    /** Refuses data whose rows have another shape. */
    void requireShape(Dataset data, String column) {
        Shape found = data.schema().column(column).shape();
        if (!found.equals(shape)) {
            throw new DataException(transform + " learned column '" + column + "' from rows of shape " + shape
                    + " and cannot be applied to rows of " + found + "; give both data sets the same features");
        }
    }
}
