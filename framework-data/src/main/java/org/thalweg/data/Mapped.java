package org.thalweg.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Numbers in a file that is mapped into memory, big-endian and at any address, which the system reads when they are asked for. */
final class Mapped {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Mapped() {}

    /** Bytes; the mask is 0xff where they are unsigned and -1 where they are signed. */
    record Bytes(MemorySegment file, int mask) implements Values {
        @Override
        public long length() {
            return file.byteSize();
        }

        @Override
        public double get(long at) {
            return file.get(ValueLayout.JAVA_BYTE, at) & mask;
        }

        @Override
        public void copy(long from, float[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = file.get(ValueLayout.JAVA_BYTE, from + i) & mask;
            }
        }

        @Override
        public void copy(long from, double[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = file.get(ValueLayout.JAVA_BYTE, from + i) & mask;
            }
        }

        @Override
        public void copy(long from, int[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = file.get(ValueLayout.JAVA_BYTE, from + i) & mask;
            }
        }
    }

    /** Signed 16-bit numbers. */
    record Shorts(MemorySegment file) implements Values {
        @Override
        public long length() {
            return file.byteSize() / Short.BYTES;
        }

        @Override
        public double get(long at) {
            return file.getAtIndex(SHORT, at);
        }

        @Override
        public void copy(long from, float[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = file.getAtIndex(SHORT, from + i);
            }
        }

        @Override
        public void copy(long from, double[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = file.getAtIndex(SHORT, from + i);
            }
        }

        @Override
        public void copy(long from, int[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = file.getAtIndex(SHORT, from + i);
            }
        }
    }

    /** Signed 32-bit numbers. */
    record Ints(MemorySegment file) implements Values {
        @Override
        public long length() {
            return file.byteSize() / Integer.BYTES;
        }

        @Override
        public double get(long at) {
            return file.getAtIndex(INT, at);
        }

        @Override
        public void copy(long from, float[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = file.getAtIndex(INT, from + i);
            }
        }

        @Override
        public void copy(long from, double[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = file.getAtIndex(INT, from + i);
            }
        }

        @Override
        public void copy(long from, int[] target, int at, int count) {
            MemorySegment.copy(file, INT, from * Integer.BYTES, target, at, count);
        }
    }

    /** Single precision. */
    record Floats(MemorySegment file) implements Values {
        @Override
        public long length() {
            return file.byteSize() / Float.BYTES;
        }

        @Override
        public double get(long at) {
            return file.getAtIndex(FLOAT, at);
        }

        @Override
        public void copy(long from, float[] target, int at, int count) {
            MemorySegment.copy(file, FLOAT, from * Float.BYTES, target, at, count);
        }

        @Override
        public void copy(long from, double[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = file.getAtIndex(FLOAT, from + i);
            }
        }
    }

    /** Double precision. */
    record Doubles(MemorySegment file) implements Values {
        @Override
        public long length() {
            return file.byteSize() / Double.BYTES;
        }

        @Override
        public double get(long at) {
            return file.getAtIndex(DOUBLE, at);
        }

        @Override
        public void copy(long from, float[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = (float) file.getAtIndex(DOUBLE, from + i);
            }
        }

        @Override
        public void copy(long from, double[] target, int at, int count) {
            MemorySegment.copy(file, DOUBLE, from * Double.BYTES, target, at, count);
        }
    }
}
