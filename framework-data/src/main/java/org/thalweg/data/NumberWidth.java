package org.thalweg.data;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The types that hold numbers which were read from a text, narrowest first. In bytes they are big-endian. */
enum NumberWidth {
    /** Whole numbers from 0 to 255. */
    BYTE(Byte.BYTES),
    /** Single precision. */
    FLOAT(Float.BYTES),
    /** Double precision. */
    DOUBLE(Double.BYTES);

    private final int bytes;

    NumberWidth(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** The narrowest that holds some numbers exactly. */
    static NumberWidth of(double[] numbers, int count) {
        NumberWidth width = BYTE;
        int i = 0;
        while (i < count && isByte(numbers[i])) {
            i++;
        }
        for (; i < count; i++) {
            width = FLOAT;
            if ((float) numbers[i] != numbers[i] && !Double.isNaN(numbers[i])) {
                return DOUBLE;
            }
        }
        return width;
    }

    private static boolean isByte(double number) {
        // Bits, not values: -0 is no byte.
        return Double.doubleToRawLongBits((int) number & 0xff) == Double.doubleToRawLongBits(number);
    }

    /** Numbers as bytes. */
    ByteBuffer encode(double[] numbers, int count) {
        ByteBuffer encoded = ByteBuffer.allocate(count * bytes);
        for (int i = 0; i < count; i++) {
            switch (this) {
                case BYTE -> encoded.put(i, (byte) (int) numbers[i]);
                case FLOAT -> encoded.putFloat(i * Float.BYTES, (float) numbers[i]);
                case DOUBLE -> encoded.putDouble(i * Double.BYTES, numbers[i]);
            }
        }
        return encoded;
    }

    /** One number of those encoded. */
    double get(ByteBuffer encoded, int at) {
        return switch (this) {
            case BYTE -> encoded.get(at) & 0xff;
            case FLOAT -> encoded.getFloat(at * Float.BYTES);
            case DOUBLE -> encoded.getDouble(at * Double.BYTES);
        };
    }

    /** Numbers in a part of a file. */
    Values mapped(MemorySegment part) {
        return switch (this) {
            case BYTE -> new Mapped.Bytes(part, 0xff);
            case FLOAT -> new Mapped.Floats(part);
            case DOUBLE -> new Mapped.Doubles(part);
        };
    }
}
