package org.thalweg.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.DType;

/** Columns of a data set as numbers, and what reading promises. */
final class Reading {
    private Reading() {}

    /** A whole column. */
    static double[] doubles(Dataset data, String column) {
        return doubles(data, data.schema().indexOf(column), IntStream.range(0, data.size()).toArray());
    }

    private static double[] doubles(Dataset data, int column, int... rows) {
        double[] values = new double[rows.length * size(data, column)];
        data.read(column, rows, 0, rows.length, values);
        return values;
    }

    private static int size(Dataset data, int column) {
        return (int) data.schema().columns().get(column).shape().size();
    }

    /** Two data sets have the same columns and, bit for bit, the same numbers. */
    static void assertSame(Dataset wanted, Dataset got) {
        assertEquals(wanted.schema(), got.schema());
        assertEquals(wanted.size(), got.size(), "rows");
        wanted.schema().names().forEach(column -> assertArrayEquals(doubles(wanted, column), doubles(got, column), column));
    }

    /** Rows are the same in any order, any number at a time, and in every type; what is beyond them is left alone. */
    static void assertConsistent(Dataset data) {
        int[] mixed = mixed(data.size());
        for (int c = 0; c < data.schema().columns().size(); c++) {
            Column column = data.schema().columns().get(c);
            double[] whole = doubles(data, column.name());
            int size = size(data, c);
            double[] part = new double[(mixed.length - 1) * size + 1];
            part[part.length - 1] = 0.125;
            data.read(c, mixed, 1, mixed.length - 1, part);
            float[] floats = new float[part.length];
            data.read(c, mixed, 1, mixed.length - 1, floats);
            int[] integers = new int[part.length];
            if (column.dtype() == DType.INT32) {
                data.read(c, mixed, 1, mixed.length - 1, integers);
            }
            double[] wanted = new double[part.length - 1];
            float[] wantedFloats = new float[wanted.length];
            double[] asWhole = new double[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = whole[mixed[1 + i / size] * size + i % size];
                wantedFloats[i] = (float) wanted[i];
                asWhole[i] = integers[i];
            }
            assertArrayEquals(wanted, Arrays.copyOf(part, wanted.length), column.name() + " in another order");
            assertArrayEquals(wantedFloats, Arrays.copyOf(floats, wanted.length), column.name() + " in single precision");
            if (column.dtype() == DType.INT32) {
                assertArrayEquals(wanted, asWhole, column.name() + " as whole numbers");
            }
            assertEquals(0.125, part[part.length - 1], column.name() + ": a number beyond the rows was written");
        }
    }

    /** Rows in some order, at most 500, one of them perhaps twice. */
    private static int[] mixed(int rows) {
        int[] order = IntStream.concat(IntStream.range(0, rows), IntStream.of(rows - 1)).toArray();
        SplittableRandom random = new SplittableRandom(11);
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int row = order[i];
            order[i] = order[other];
            order[other] = row;
        }
        return Arrays.copyOf(order, Math.min(order.length, 500));
    }
}
