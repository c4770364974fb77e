package org.thalweg.data;

import java.util.stream.IntStream;
import org.thalweg.api.data.Dataset;

/** Whole columns, as tests compare them. */
final class Reading {
    private Reading() {}

    static float[] floats(Dataset data, String column) {
        float[] values = new float[data.size() * rowSize(data, column)];
        data.read(data.schema().indexOf(column), allRows(data), 0, data.size(), values);
        return values;
    }

    static double[] doubles(Dataset data, String column) {
        double[] values = new double[data.size() * rowSize(data, column)];
        data.read(data.schema().indexOf(column), allRows(data), 0, data.size(), values);
        return values;
    }

    static int[] ints(Dataset data, String column) {
        int[] values = new int[data.size() * rowSize(data, column)];
        data.read(data.schema().indexOf(column), allRows(data), 0, data.size(), values);
        return values;
    }

    /** How many rows class 0 has, class 1 ... */
    static int[] classCounts(Dataset data) {
        int[] classes = ints(data, "target");
        int[] counts = new int[IntStream.of(classes).max().orElse(-1) + 1];
        for (int number : classes) {
            counts[number]++;
        }
        return counts;
    }

    private static int[] allRows(Dataset data) {
        return IntStream.range(0, data.size()).toArray();
    }

    private static int rowSize(Dataset data, String column) {
        return (int) data.schema().column(column).shape().size();
    }
}
