package org.thalweg.data;

import java.util.Arrays;

/**
 * Numbers as they are read, of which nobody knows yet how many there are: in single precision as long as that holds each of them exactly, or
 * where it was asked for, else in double precision.
 */
final class NumberBuffer {
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final DataFile file;
    private final boolean single;
    private float[] narrow = new float[1024];
    private double[] wide;
    private int size;

    /**
     * An empty buffer.
     *
     * @param file for messages
     * @param single whether every number is rounded to single precision
     */
    NumberBuffer(DataFile file, boolean single) {
        this.file = file;
        this.single = single;
    }

    void add(double number) {
        if (wide == null) {
            float rounded = (float) number;
            if (single || rounded == number || Double.isNaN(number)) {
                if (size == narrow.length) {
                    narrow = Arrays.copyOf(narrow, larger());
                }
                narrow[size++] = rounded;
                return;
            }
            widen();
        }
        if (size == wide.length) {
            wide = Arrays.copyOf(wide, larger());
        }
        wide[size++] = number;
    }

    int size() {
        return size;
    }

    double get(int position) {
        return wide == null ? narrow[position] : wide[position];
    }

    /** The numbers in the smallest array that holds them: bytes, if all are whole and from 0 to 255. */
    Values values() {
        if (wide != null) {
            return new Values.Doubles(wide.length == size ? wide : Arrays.copyOf(wide, size));
        }
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) narrow[i];
            if (Float.floatToRawIntBits(bytes[i] & 0xff) != Float.floatToRawIntBits(narrow[i])) {
                return new Values.Floats(Arrays.copyOf(narrow, size));
            }
        }
        return new Values.Bytes(bytes, 0xff);
    }

    private void widen() {
        wide = new double[narrow.length];
        for (int i = 0; i < size; i++) {
            wide[i] = narrow[i];
        }
        narrow = null;
    }

    private int larger() {
        if (size == MOST) {
            throw file.problem("there are more than " + MOST + " numbers, the most that one column may hold; divide the file");
        }
        return (int) Math.min(MOST, size + (size >> 1) + 1024L);
    }
}
