package org.thalweg.data;

import java.util.List;

/**
 * Numbers in blocks, each as wide as its own numbers need.
 *
 * @param size of every block but the last
 */
record Blocks(List<Values> blocks, int size) implements Values {
    @Override
    public long length() {
        return blocks.isEmpty() ? 0 : (blocks.size() - 1L) * size + blocks.getLast().length();
    }

    @Override
    public double get(long at) {
        return blocks.get((int) (at / size)).get(at % size);
    }

    @Override
    public void copy(long from, float[] target, int at, int count) {
        for (int done = 0; done < count; ) {
            int start = (int) ((from + done) % size);
            int some = Math.min(count - done, size - start);
            blocks.get((int) ((from + done) / size)).copy(start, target, at + done, some);
            done += some;
        }
    }

    @Override
    public void copy(long from, double[] target, int at, int count) {
        for (int done = 0; done < count; ) {
            int start = (int) ((from + done) % size);
            int some = Math.min(count - done, size - start);
            blocks.get((int) ((from + done) / size)).copy(start, target, at + done, some);
            done += some;
        }
    }
}
