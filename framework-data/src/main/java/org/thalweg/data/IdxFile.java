package org.thalweg.data;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
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
 * @param isMapped whether the values are in a mapped file
 */
record IdxFile(DataFile file, Type type, int rows, Shape shape, Values values, boolean isMapped) {
    private static final int PART = 1 << 19;

    /** The element types, each in an array of its own width. */
    enum Type {
        UNSIGNED_BYTE(0x08, 1, DType.FLOAT32, true, bytes -> new Values.Bytes(bytes, 0xff), file -> new Mapped.Bytes(file, 0xff)),
        SIGNED_BYTE(0x09, 1, DType.FLOAT32, true, bytes -> new Values.Bytes(bytes, -1), file -> new Mapped.Bytes(file, -1)),
        SHORT(0x0b, 2, DType.FLOAT32, true, bytes -> {
            short[] values = new short[bytes.length / 2];
            ByteBuffer.wrap(bytes).asShortBuffer().get(values);
            return new Values.Shorts(values);
        }, Mapped.Shorts::new),
        INT(0x0c, 4, DType.FLOAT64, true, bytes -> {
            int[] values = new int[bytes.length / 4];
            ByteBuffer.wrap(bytes).asIntBuffer().get(values);
            return new Values.Ints(values);
        }, Mapped.Ints::new),
        FLOAT(0x0d, 4, DType.FLOAT32, false, bytes -> {
            float[] values = new float[bytes.length / 4];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
            return new Values.Floats(values);
        }, Mapped.Floats::new),
        DOUBLE(0x0e, 8, DType.FLOAT64, false, bytes -> {
            double[] values = new double[bytes.length / 8];
            ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
            return new Values.Doubles(values);
        }, Mapped.Doubles::new);

        private final int code;
        private final int width;
        private final DType number;
        private final boolean whole;
        private final Function<byte[], Values> decoder;
        private final Function<MemorySegment, Values> mapping;

        Type(int code, int width, DType number, boolean whole, Function<byte[], Values> decoder,
                Function<MemorySegment, Values> mapping) {
            this.code = code;
            this.width = width;
            this.number = number;
            this.whole = whole;
            this.decoder = decoder;
            this.mapping = mapping;
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

    /**
     * Reads a file.
     *
     * @param storage says what is too large for memory
     * @param arena what is mapped stays so until this is closed
     */
    static IdxFile read(DataFile file, Storage storage, Arena arena) throws IOException {
        return file.read(in -> read(file, in, storage, arena));
    }

    private static IdxFile read(DataFile file, InputStream in, Storage storage, Arena arena) throws IOException {
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
        long length = length(file, extents, type);
        Shape shape = Shape.of(Arrays.copyOfRange(extents, 1, rank));
        if (length > Math.min(storage.limit(), Storage.LONGEST_ARRAY)) {
            long start = 4 + 4L * rank;
            MemorySegment mapped = file.isPlain() ? mapped(file, start, extents, length, arena) : unpacked(file, in, extents, length, storage, arena);
            return new IdxFile(file, type, extents[0], shape, type.mapping.apply(mapped), true);
        }
        // Grows with what arrives, so that a header that lies cannot claim memory for data that is not there.
        byte[] bytes = in.readNBytes((int) length);
        requireLength(file, extents, length, bytes.length + (in.read() >= 0 ? 1 : 0));
        return new IdxFile(file, type, extents[0], shape, type.decoder.apply(bytes), false);
    }

    private static MemorySegment mapped(DataFile file, long start, int[] extents, long length, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file.path())) {
            requireLength(file, extents, length, channel.size() - start);
            return channel.map(MapMode.READ_ONLY, start, length, arena);
        }
    }

    private static MemorySegment unpacked(DataFile file, InputStream in, int[] extents, long length, Storage storage, Arena arena) throws IOException {
        try (Scratch scratch = Scratch.open(file, storage.folder())) {
            long found = 0;
            for (byte[] part = in.readNBytes(PART); part.length > 0 && found <= length; part = in.readNBytes(PART)) {
                scratch.write(ByteBuffer.wrap(part));
                found += part.length;
            }
            requireLength(file, extents, length, found);
            return scratch.map(arena);
        }
    }

    private static void requireLength(DataFile file, int[] extents, long announced, long found) {
        if (found < announced) {
            throw file.problem("the header " + Arrays.toString(extents) + " announces " + announced + " bytes of data, but there are only " + found
                    + "; the file is cut short or its header is wrong: get it again");
        }
        if (found > announced) {
            throw file.problem("the header " + Arrays.toString(extents) + " announces " + announced
                    + " bytes of data, but there are more; the header is wrong: get the file again");
        }
    }

    private static long length(DataFile file, int[] extents, Type type) {
        long length = type.width;
        for (int axis = 0; axis < extents.length; axis++) {
            int extent = extents[axis];
            if (extent < 0 || extent == 0 && axis > 0) {
                throw file.problem("the header " + Arrays.toString(extents) + " has the extent " + extent
                        + "; the file is damaged: get it again");
            }
            if (extent > 0 && length > Long.MAX_VALUE / extent) {
                throw file.problem("the header " + Arrays.toString(extents) + " announces more than any file has; the file is damaged: get it again");
            }
            length *= extent;
        }
        return length;
    }

    private static String hexadecimal(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) {
            text.append(text.isEmpty() ? "" : " ").append(String.format("%02x", value));
        }
        return text.isEmpty() ? "nothing" : text.toString();
    }
}
