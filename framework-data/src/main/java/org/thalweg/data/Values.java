package org.thalweg.data;

/**
 * The numbers of a column: those here in the smallest array that holds them, {@link Mapped} ones in a file. Every copy is one contiguous loop,
 * which C2 can unroll, or an array copy where the types agree.
 */
interface Values {
    /** How many numbers there are. */
    long length();

    /** One number. */
    double get(long at);

    /** Copies numbers as single precision. */
    void copy(long from, float[] target, int at, int count);

    /** Copies numbers as double precision. */
    void copy(long from, double[] target, int at, int count);

    /** Copies whole numbers. */
    default void copy(long from, int[] target, int at, int count) {
        throw new UnsupportedOperationException("floating-point numbers are not read as integers");
    }

    /** Bytes; the mask is 0xff where they are unsigned and -1 where they are signed. */
    record Bytes(byte[] values, int mask) implements Values {
        @Override
        public long length() {
            return values.length;
        }

        @Override
        public double get(long at) {
            return values[(int) at] & mask;
        }

        @Override
        public void copy(long from, float[] target, int at, int count) {
            int start = (int) from;
            for (int i = 0; i < count; i++) {
                target[at + i] = values[start + i] & mask;
            }
        }

        @Override
        public void copy(long from, double[] target, int at, int count) {
            int start = (int) from;
            for (int i = 0; i < count; i++) {
                target[at + i] = values[start + i] & mask;
            }
        }

        @Override
        public void copy(long from, int[] target, int at, int count) {
            int start = (int) from;
            for (int i = 0; i < count; i++) {
                target[at + i] = values[start + i] & mask;
            }
        }
    }

    /** Signed 16-bit numbers. */
    record Shorts(short[] values) implements Values {
        @Override
        public long length() {
            return values.length;
        }

        @Override
        public double get(long at) {
            return values[(int) at];
        }

        @Override
        public void copy(long from, float[] target, int at, int count) {
            int start = (int) from;
            for (int i = 0; i < count; i++) {
                target[at + i] = values[start + i];
            }
        }

        @Override
        public void copy(long from, double[] target, int at, int count) {
            int start = (int) from;
            for (int i = 0; i < count; i++) {
                target[at + i] = values[start + i];
            }
        }

        @Override
        public void copy(long from, int[] target, int at, int count) {
            int start = (int) from;
            for (int i = 0; i < count; i++) {
                target[at + i] = values[start + i];
            }
        }
    }

    /** Signed 32-bit numbers. */
    record Ints(int[] values) implements Values {
        @Override
        public long length() {
            return values.length;
        }

        @Override
        public double get(long at) {
            return values[(int) at];
        }

        @Override
        public void copy(long from, float[] target, int at, int count) {
            int start = (int) from;
            for (int i = 0; i < count; i++) {
                target[at + i] = values[start + i];
            }
        }

        @Override
        public void copy(long from, double[] target, int at, int count) {
            int start = (int) from;
            for (int i = 0; i < count; i++) {
                target[at + i] = values[start + i];
            }
        }

        @Override
        public void copy(long from, int[] target, int at, int count) {
            System.arraycopy(values, (int) from, target, at, count);
        }
    }

    /** Single precision. */
    record Floats(float[] values) implements Values {
        @Override
        public long length() {
            return values.length;
        }

        @Override
        public double get(long at) {
            return values[(int) at];
        }

        @Override
        public void copy(long from, float[] target, int at, int count) {
            System.arraycopy(values, (int) from, target, at, count);
        }

        @Override
        public void copy(long from, double[] target, int at, int count) {
            int start = (int) from;
            for (int i = 0; i < count; i++) {
                target[at + i] = values[start + i];
            }
        }
    }

    /** Double precision. */
    record Doubles(double[] values) implements Values {
        @Override
        public long length() {
            return values.length;
        }

        @Override
        public double get(long at) {
            return values[(int) at];
        }

        @Override
        public void copy(long from, float[] target, int at, int count) {
            int start = (int) from;
            for (int i = 0; i < count; i++) {
                target[at + i] = (float) values[start + i];
            }
        }

        @Override
        public void copy(long from, double[] target, int at, int count) {
            System.arraycopy(values, (int) from, target, at, count);
        }
    }
}
