package org.thalweg.data;

/**
 * The numbers of a column in the smallest array that holds them. Every copy is one contiguous loop, which C2 can unroll, or an array copy
 * where the types agree.
 */
sealed interface Values {
    /** How many numbers there are. */
    int length();

    /** Copies numbers as single precision. */
    void copy(int from, float[] target, int at, int count);

    /** Copies numbers as double precision. */
    void copy(int from, double[] target, int at, int count);

    /** Copies whole numbers. */
    default void copy(int from, int[] target, int at, int count) {
        throw new UnsupportedOperationException("floating-point numbers are not read as integers");
    }

    /** Bytes; the mask is 0xff where they are unsigned and -1 where they are signed. */
    record Bytes(byte[] values, int mask) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int from, float[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = values[from + i] & mask;
            }
        }

        @Override
        public void copy(int from, double[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = values[from + i] & mask;
            }
        }

        @Override
        public void copy(int from, int[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = values[from + i] & mask;
            }
        }
    }

    /** Signed 16-bit numbers. */
    record Shorts(short[] values) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int from, float[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = values[from + i];
            }
        }

        @Override
        public void copy(int from, double[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = values[from + i];
            }
        }

        @Override
        public void copy(int from, int[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = values[from + i];
            }
        }
    }

    /** Signed 32-bit numbers. */
    record Ints(int[] values) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int from, float[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = values[from + i];
            }
        }

        @Override
        public void copy(int from, double[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = values[from + i];
            }
        }

        @Override
        public void copy(int from, int[] target, int at, int count) {
            System.arraycopy(values, from, target, at, count);
        }
    }

    /** Single precision. */
    record Floats(float[] values) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int from, float[] target, int at, int count) {
            System.arraycopy(values, from, target, at, count);
        }

        @Override
        public void copy(int from, double[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = values[from + i];
            }
        }
    }

    /** Double precision. */
    record Doubles(double[] values) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int from, float[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = (float) values[from + i];
            }
        }

        @Override
        public void copy(int from, double[] target, int at, int count) {
            System.arraycopy(values, from, target, at, count);
        }
    }
}
