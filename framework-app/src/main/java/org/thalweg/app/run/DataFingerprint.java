package org.thalweg.app.run;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;

/** What tells data apart from other data: its size, its columns, and a checksum over all values, whatever file they came from. */
final class DataFingerprint {
    private static final int BLOCK_VALUES = 1 << 16;

    private final Dataset data;
    private final CRC32C checksum = new CRC32C();

    private DataFingerprint(Dataset data) {
        this.data = data;
    }

    /** The fingerprint as JSON values. */
    static Map<String, Object> of(Dataset data) {
        DataFingerprint fingerprint = new DataFingerprint(data);
        Map<String, Object> columns = new LinkedHashMap<>();
        for (int column = 0; column < data.schema().columns().size(); column++) {
            fingerprint.add(column);
            Column described = data.schema().columns().get(column);
            columns.put(described.name(), described.dtype() + " " + described.shape());
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("rows", data.size());
        entries.put("columns", columns);
        entries.put("crc32c", String.format("%08x", fingerprint.checksum.getValue()));
        return entries;
    }

    private void add(int column) {
        Column described = data.schema().columns().get(column);
        int size = Math.max(1, (int) described.shape().size());
        int most = Math.max(1, BLOCK_VALUES / size);
        ByteBuffer bytes = ByteBuffer.allocate(most * size * described.dtype().bytes());
        switch (described.dtype()) {
            case FLOAT32 -> {
                float[] values = new float[most * size];
                addBlocks(bytes, size, most, (rows, count) -> {
                    data.read(column, rows, 0, count, values);
                    bytes.asFloatBuffer().put(values, 0, count * size);
                });
            }
            case FLOAT64 -> {
                double[] values = new double[most * size];
                addBlocks(bytes, size, most, (rows, count) -> {
                    data.read(column, rows, 0, count, values);
                    bytes.asDoubleBuffer().put(values, 0, count * size);
                });
            }
            default -> {
                int[] values = new int[most * size];
                addBlocks(bytes, size, most, (rows, count) -> {
                    data.read(column, rows, 0, count, values);
                    bytes.asIntBuffer().put(values, 0, count * size);
                });
            }
        }
    }

    private interface Block {
        void read(int[] rows, int count);
    }

    private void addBlocks(ByteBuffer bytes, int size, int most, Block block) {
        int width = bytes.capacity() / (most * size);
        for (int from = 0; from < data.size(); from += most) {
            int count = Math.min(most, data.size() - from);
            bytes.clear();
            block.read(IntStream.range(from, from + count).toArray(), count);
            checksum.update(bytes.limit(count * size * width));
        }
    }
}
