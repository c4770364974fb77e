package org.thalweg.data;

/**
 * Class numbers, of which the codes of the texts are held.
 *
 * @param codes one a row
 * @param classOf code 0, code 1 ...
 */
record Recoded(Values codes, int[] classOf) implements Values {
    @Override
    public long length() {
        return codes.length();
    }

    @Override
    public double get(long at) {
        return classOf[(int) codes.get(at)];
    }

    @Override
    public void copy(long from, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = classOf[(int) codes.get(from + i)];
        }
    }

    @Override
    public void copy(long from, double[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = classOf[(int) codes.get(from + i)];
        }
    }

    @Override
    public void copy(long from, int[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = classOf[(int) codes.get(from + i)];
        }
    }
}
