package org.thalweg.app.pipeline;

import java.util.List;
import java.util.Random;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.Shape;
import org.thalweg.data.ColumnValues;
import org.thalweg.data.InMemory;

/** Small data sets. */
final class Tables {
    private Tables() {}

    /** Points around three corners of a square; which corner is the class. */
    static Dataset corners(int rows) {
        Random random = new Random(7);
        double[] points = new double[2 * rows];
        int[] classes = new int[rows];
        for (int i = 0; i < rows; i++) {
            classes[i] = i % 3;
            points[2 * i] = (classes[i] == 1 ? 2 : 0) + random.nextGaussian() / 2;
            points[2 * i + 1] = (classes[i] == 2 ? 2 : 0) + random.nextGaussian() / 2;
        }
        return InMemory.of(ColumnValues.numbers(Column.INPUT, Shape.of(2), points),
                ColumnValues.classes(Column.TARGET, List.of("origin", "right", "top"), classes));
    }

    /** Points with class numbers that nobody checked. */
    static Dataset classes(int... classes) {
        return InMemory.of(ColumnValues.numbers(Column.INPUT, Shape.of(2), new double[2 * classes.length]),
                ColumnValues.integers(Column.TARGET, Shape.scalar(), classes));
    }

    /** One number a row, and what it should become. */
    static Dataset numbers(double[] inputs, double[] targets) {
        return InMemory.of(ColumnValues.numbers(Column.INPUT, Shape.of(1), inputs), ColumnValues.numbers(Column.TARGET, Shape.of(1), targets));
    }
}
