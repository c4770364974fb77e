package org.thalweg.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers as they are read, of which nobody knows yet how many there are: in single precision as long as that holds each of them exactly, or
 * where it was asked for, else in double precision. Kept in chunks, so that growing copies nothing.
 */
final class NumberBuffer {
    private static final int MOST = Integer.MAX_VALUE - 8;
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final DataFile file;
    private final boolean single;
    private final List<float[]> narrow = new ArrayList<>();
    private final List<double[]> wide = new ArrayList<>();
    private float[] lastNarrow;
    private double[] lastWide;
    /** Of the last chunk; before the first number, of a chunk that is not there. */
    private int used = CHUNK;

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
        if (used == CHUNK) {
            grow();
        }
        if (lastWide == null) {
            float rounded = (float) number;
            if (single || rounded == number || Double.isNaN(number)) {
                lastNarrow[used++] = rounded;
                return;
            }
            widen();
        }
        lastWide[used++] = number;
    }

    int size() {
        return (narrow.size() + wide.size()) * CHUNK + used - CHUNK;
    }

    double get(int position) {
        int chunk = position >> CHUNK_BITS;
        int place = position & CHUNK - 1;
        return lastWide == null ? narrow.get(chunk)[place] : wide.get(chunk)[place];
    }

    /** The numbers in the smallest array that holds them: bytes, if all are whole and from 0 to 255. */
    Values values() {
        int size = size();
        if (lastWide != null) {
            double[] all = new double[size];
            for (int at = 0; at < size; at += CHUNK) {
                System.arraycopy(wide.get(at >> CHUNK_BITS), 0, all, at, Math.min(CHUNK, size - at));
            }
            return new Values.Doubles(all);
        }
        if (areBytes(size)) {
            byte[] all = new byte[size];
            for (int i = 0; i < size; i++) {
                all[i] = (byte) get(i);
            }
            return new Values.Bytes(all, 0xff);
        }
        float[] all = new float[size];
        for (int at = 0; at < size; at += CHUNK) {
            System.arraycopy(narrow.get(at >> CHUNK_BITS), 0, all, at, Math.min(CHUNK, size - at));
        }
        return new Values.Floats(all);
    }

    private boolean areBytes(int size) {
        for (int i = 0; i < size; i++) {
            float number = (float) get(i);
            // Bits, not values: -0 is no byte.
            if (Float.floatToRawIntBits((int) number & 0xff) != Float.floatToRawIntBits(number)) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        if (size() > MOST - CHUNK) {
            throw file.problem("there are more than " + (MOST - CHUNK) + " numbers, the most that one column may hold; divide the file");
        }
        if (lastWide == null) {
            lastNarrow = new float[CHUNK];
            narrow.add(lastNarrow);
        } else {
            lastWide = new double[CHUNK];
            wide.add(lastWide);
        }
        used = 0;
    }

    private void widen() {
        for (float[] chunk : narrow) {
            lastWide = new double[CHUNK];
            for (int i = 0; i < CHUNK; i++) {
                lastWide[i] = chunk[i];
            }
            wide.add(lastWide);
        }
        narrow.clear();
    }
}
