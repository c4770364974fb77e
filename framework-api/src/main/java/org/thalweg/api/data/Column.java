package org.thalweg.api.data;

import java.util.List;
import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * A named value that every row of a data set has.
 *
 * @param name as losses and models ask for it: {@code input}, {@code target}
 * @param dtype INT32 for class numbers and indices, FLOAT32 or FLOAT64 for numbers (the run decides in which of the two they are computed)
 * @param shape of one row: {@code []} for a number, {@code [28, 28]} for an image
 * @param categories the names behind class numbers, in order; empty where there are none
 */
@Stable
public record Column(String name, DType dtype, Shape shape, List<String> categories) {
    /** The usual name of what goes into a model. */
    public static final String INPUT = "input";
    /** The usual name of what should come out. */
    public static final String TARGET = "target";

    /** Copies the list. */
    public Column {
        categories = List.copyOf(categories);
    }

    /** A column without categories. */
    public Column(String name, DType dtype, Shape shape) {
        this(name, dtype, shape, List.of());
    }
}
