package org.thalweg.app.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/** A data set of two columns in memory: vectors of numbers, and a class number or a number for each. */
record Table(double[][] inputs, double[] targets, DType targetType) implements Dataset {
    /** Points around three corners of a square; which corner is the class. */
    static Table corners(int rows) {
        Random random = new Random(7);
        double[][] inputs = new double[rows][];
        double[] classes = new double[rows];
        for (int i = 0; i < rows; i++) {
            classes[i] = i % 3;
            inputs[i] = new double[] {i % 3 == 1 ? 2 : 0, i % 3 == 2 ? 2 : 0};
            inputs[i][0] += random.nextGaussian() / 2;
            inputs[i][1] += random.nextGaussian() / 2;
        }
        return new Table(inputs, classes, DType.INT32);
    }

    /** One number a row, and what it should become. */
    static Table numbers(double[] inputs, double[] targets) {
        return new Table(Arrays.stream(inputs).mapToObj(x -> new double[] {x}).toArray(double[][]::new), targets, DType.FLOAT64);
    }

    @Override
    public Schema schema() {
        return new Schema(List.of(new Column(Column.INPUT, DType.FLOAT64, Shape.of(inputs[0].length)),
                new Column(Column.TARGET, targetType, targetType == DType.INT32 ? Shape.scalar() : Shape.of(1))));
    }

    @Override
    public int size() {
        return inputs.length;
    }

    @Override
    public void read(int column, int[] rows, int from, int count, float[] target) {
        double[] values = new double[count * (column == 0 ? inputs[0].length : 1)];
        read(column, rows, from, count, values);
        for (int i = 0; i < values.length; i++) {
            target[i] = (float) values[i];
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, double[] target) {
        for (int i = 0; i < count; i++) {
            if (column == 0) {
                System.arraycopy(inputs[rows[from + i]], 0, target, i * inputs[0].length, inputs[0].length);
            } else {
                target[i] = targets[rows[from + i]];
            }
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, int[] target) {
        for (int i = 0; i < count; i++) {
            target[i] = (int) targets[rows[from + i]];
        }
    }
}
