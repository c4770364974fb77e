package org.thalweg.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * The content of a file in the IDX format (LeCun, Cortes and Burges, MNIST): two zero bytes, the element type, the rank, the extents as
 * 32-bit numbers, then the elements, row-major; all big-endian.
 *
 * @param rows the first extent
 * @param shape of one row: the other extents
 */
record IdxFile(DataFile file, Type type, int rows, Shape shape, Values values) {
    /** The element types, each in an array of its own width. */
    enum Type {
        UNSIGNED_BYTE(0x08, 1, DType.FLOAT32, true, bytes -> new Values.Bytes(bytes, 0xff)),
        SIGNED_BYTE(0x09, 1, DType.FLOAT32, true, bytes -> new Values.Bytes(bytes, -1)),
        SHORT(0x0b, 2, DType.FLOAT32, true, bytes -> {
            short[] values = new short[bytes.length / 2];
            ByteBuffer.wrap(bytes).asShortBuffer().get(values);
            return new Values.Shorts(values);
        }),
        INT(0x0c, 4, DType.FLOAT64, true, bytes -> {
            int[] values = new int[bytes.length / 4];
            ByteBuffer.wrap(bytes).asIntBuffer().get(values);
            return new Values.Ints(values);
        }),
        FLOAT(0x0d, 4, DType.FLOAT32, false, bytes -> {
            float[] values = new float[bytes.length / 4];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
            return new Values.Floats(values);
        }),
        DOUBLE(0x0e, 8, DType.FLOAT64, false, bytes -> {
            double[] values = new double[bytes.length / 8];
            ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
            return new Values.Doubles(values);
        });

        private final int code;
        private final int width;
        private final DType number;
        private final boolean whole;
        private final Function<byte[], Values> decoder;

        Type(int code, int width, DType number, boolean whole, Function<byte[], Values> decoder) {
            this.code = code;
            this.width = width;
            this.number = number;
            this.whole = whole;
            this.decoder = decoder;
        }

        /** The smaller of the floating-point types that holds every such number exactly. */
        DType number() {
            return number;
        }

        /** Whether the numbers can be class numbers. */
        boolean whole() {
            return whole;
        }
    }

    static IdxFile read(DataFile file) throws IOException {
        return file.read(in -> read(file, in));
    }

    private static IdxFile read(DataFile file, InputStream in) throws IOException {
        byte[] magic = in.readNBytes(4);
        Type type = magic.length < 4 || magic[0] != 0 || magic[1] != 0 || magic[3] < 1
                ? null
                : Arrays.stream(Type.values()).filter(t -> t.code == magic[2]).findFirst().orElse(null);
        if (type == null) {
            throw file.problem("this is no IDX file: it starts with " + hexadecimal(magic)
                    + ", not with two zero bytes, an element type (08, 09, 0b to 0e) and a rank; check the file name");
        }
        int rank = magic[3];
        byte[] header = in.readNBytes(4 * rank);
        if (header.length < 4 * rank) {
            throw file.problem("the file ends within its header of " + rank + " extents; get the file again");
        }
        int[] extents = new int[rank];
        ByteBuffer.wrap(header).asIntBuffer().get(extents);
        int length = length(file, extents, type);
        // Grows with what arrives, so that a header that lies cannot claim memory for data that is not there.
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw file.problem("the header " + Arrays.toString(extents) + " announces " + length + " bytes of data, but there are only "
                    + bytes.length + "; the file is cut short or its header is wrong: get it again");
        }
        if (in.read() >= 0) {
            throw file.problem("the header " + Arrays.toString(extents) + " announces " + length
                    + " bytes of data, but there are more; the header is wrong: get the file again");
        }
        return new IdxFile(file, type, extents[0], Shape.of(Arrays.copyOfRange(extents, 1, rank)), type.decoder.apply(bytes));
    }

    private static int length(DataFile file, int[] extents, Type type) {
        long length = type.width;
        for (int axis = 0; axis < extents.length; axis++) {
            int extent = extents[axis];
            if (extent < 0 || extent == 0 && axis > 0) {
                throw file.problem("the header " + Arrays.toString(extents) + " has the extent " + extent
                        + "; the file is damaged: get it again");
            }
            length *= extent;
            if (length > Integer.MAX_VALUE - 8) {
                throw file.problem("the header " + Arrays.toString(extents) + " announces more than 2 GiB, the most that one file may hold; "
                        + "divide the data, or get the file again if it is smaller than that");
            }
        }
        return (int) length;
    }

    private static String hexadecimal(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) {
            text.append(text.isEmpty() ? "" : " ").append(String.format("%02x", value));
        }
        return text.isEmpty() ? "nothing" : text.toString();
    }
}
