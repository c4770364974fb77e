package org.thalweg.app.run;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files of named tensors in the <a href="https://huggingface.co/docs/safetensors">safetensors</a> format: the length of the header as an 8-byte
 * little-endian number, the header in JSON with type, shape and place of every tensor, and the values, little-endian, without gaps.
 *
 * @param tensors by name, in the order of the file
 * @param metadata texts by name
 */
public record Safetensors(Map<String, TensorData> tensors, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final Map<DType, String> NAMES = Map.of(DType.FLOAT32, "F32", DType.FLOAT64, "F64", DType.INT32, "I32");
    /** The format's own limit, so that a damaged length is not taken for a header of gigabytes. */
    private static final long LONGEST_HEADER = 100_000_000;
    private static final int LENGTH_BYTES = 8;
    private static final int CHUNK_BYTES = 1 << 16;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Keeps the order. */
    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Writes a file, replacing one that is there only when the new one is complete. */
    public void write(Path file) throws IOException {
        if (tensors.containsKey(METADATA)) {
            throw new IllegalArgumentException("a tensor cannot be called " + METADATA + ": the format keeps that name for itself");
        }
        // Wider types first, so that every tensor starts at a multiple of its element's size.
        List<Map.Entry<String, TensorData>> ordered = new ArrayList<>(tensors.entrySet());
        ordered.sort(Comparator.comparingInt(entry -> -entry.getValue().dtype().bytes()));
        byte[] header = header(ordered);
        AtomicFile.write(file, channel -> {
            ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
            writeAll(channel, length.flip());
            writeAll(channel, ByteBuffer.wrap(header));
            for (Map.Entry<String, TensorData> entry : ordered) {
                writeValues(channel, entry.getValue());
            }
        });
    }

    private byte[] header(List<Map.Entry<String, TensorData>> ordered) {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = header.putObject(METADATA);
            metadata.forEach(texts::put);
        }
        long offset = 0;
        for (Map.Entry<String, TensorData> entry : ordered) {
            TensorData tensor = entry.getValue();
            ObjectNode described = header.putObject(entry.getKey());
            described.put("dtype", NAMES.get(tensor.dtype()));
            described.set("shape", JSON.valueToTree(tensor.shape().toArray()));
            described.set("data_offsets", JSON.valueToTree(new long[] {offset, offset + tensor.bytes()}));
            offset += tensor.bytes();
        }
        String text = JSON.writeValueAsString(header);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        // The format allows spaces at the end: they bring the values to a multiple of 8 bytes.
        return (text + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }

    private static void writeValues(FileChannel channel, TensorData tensor) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int most = CHUNK_BYTES / tensor.dtype().bytes();
        int size = (int) tensor.shape().size();
        for (int done = 0; done < size; done += most) {
            int count = Math.min(most, size - done);
            switch (tensor.array()) {
                case float[] values -> chunk.asFloatBuffer().put(values, done, count);
                case double[] values -> chunk.asDoubleBuffer().put(values, done, count);
                default -> chunk.asIntBuffer().put(tensor.ints(), done, count);
            }
            writeAll(channel, chunk.clear().limit(count * tensor.dtype().bytes()));
            chunk.clear();
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException where it is damaged, in a sentence that says how
     */
    public static Safetensors read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Reader(file, channel).read();
        }
    }

    /** Reads one file; believes nothing that its header says before it is checked. */
    private record Reader(Path file, FileChannel channel) {
        Safetensors read() throws IOException {
            long size = channel.size();
            if (size < LENGTH_BYTES) {
                throw damaged("has " + size + " bytes, too few for the length of its header");
            }
            long headerLength = bytes(LENGTH_BYTES).getLong();
            if (headerLength < 2 || headerLength > LONGEST_HEADER) {
                throw damaged("gives its header the length " + Long.toUnsignedString(headerLength) + ": it is damaged, or of another format");
            }
            if (headerLength > size - LENGTH_BYTES) {
                throw damaged("ends within its header: " + headerLength + " bytes are announced, " + (size - LENGTH_BYTES) + " are there");
            }
            JsonNode header = header((int) headerLength);
            List<Entry> entries = entries(header);
            checkPlaces(entries, size - LENGTH_BYTES - headerLength);
            Map<String, TensorData> tensors = new LinkedHashMap<>();
            for (Entry entry : entries) {
                tensors.put(entry.name, values(entry));
            }
            return new Safetensors(tensors, metadata(header));
        }

        private JsonNode header(int length) throws IOException {
            try {
                String text = StandardCharsets.UTF_8.newDecoder().decode(bytes(length)).toString();
                JsonNode header = JSON.readTree(text);
                if (text.startsWith("{") && header.isObject()) {
                    return header;
                }
            } catch (CharacterCodingException e) {
                throw damaged("has a header that is not text in UTF-8");
            } catch (JacksonException e) {
                throw damaged("has a header that is not JSON: " + e.getOriginalMessage());
            }
            throw damaged("has a header that is not a JSON object");
        }

        private Map<String, String> metadata(JsonNode header) throws IOException {
            Map<String, String> metadata = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : header.path(METADATA).properties()) {
                if (!entry.getValue().isString()) {
                    throw damaged("has metadata '" + entry.getKey() + "' that is not a text");
                }
                metadata.put(entry.getKey(), entry.getValue().stringValue());
            }
            return metadata;
        }

        private List<Entry> entries(JsonNode header) throws IOException {
            List<Entry> entries = new ArrayList<>();
            for (Map.Entry<String, JsonNode> property : header.properties()) {
                if (!property.getKey().equals(METADATA)) {
                    entries.add(entry(property.getKey(), property.getValue()));
                }
            }
            entries.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
            return entries;
        }

        private Entry entry(String name, JsonNode described) throws IOException {
            String type = described.path("dtype").asString("");
            DType dtype = NAMES.entrySet().stream()
                    .filter(known -> known.getValue().equals(type))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> damaged("holds tensor '" + name + "' of type '" + type + "'; only F32, F64 and I32 can be read"));
            long[] extents = numbers(name, described.path("shape"), "shape");
            long[] offsets = numbers(name, described.path("data_offsets"), "data_offsets");
            if (offsets.length != 2 || offsets[1] < offsets[0]) {
                throw damaged("holds tensor '" + name + "' without a pair of data_offsets");
            }
            Shape shape;
            try {
                int[] whole = new int[extents.length];
                for (int i = 0; i < whole.length; i++) {
                    whole[i] = Math.toIntExact(extents[i]);
                }
                shape = Shape.of(whole);
            } catch (ArithmeticException | IllegalArgumentException e) {
                throw damaged("holds tensor '" + name + "' that is too large for an array: " + described.path("shape"));
            }
            long needed = shape.size() * dtype.bytes();
            if (offsets[1] - offsets[0] != needed) {
                throw damaged("gives tensor '" + name + "' " + (offsets[1] - offsets[0]) + " bytes, but its shape " + shape + " in " + type + " needs " + needed);
            }
            return new Entry(name, dtype, shape, offsets[0], offsets[1]);
        }

        private long[] numbers(String name, JsonNode list, String what) throws IOException {
            long[] numbers = new long[list.size()];
            boolean valid = list.isArray();
            for (int i = 0; valid && i < numbers.length; i++) {
                valid = list.get(i).isIntegralNumber() && list.get(i).canConvertToLong() && list.get(i).longValue() >= 0;
                numbers[i] = valid ? list.get(i).longValue() : 0;
            }
            if (!valid) {
                throw damaged("holds tensor '" + name + "' whose " + what + " is not a list of whole numbers from 0");
            }
            return numbers;
        }

        private void checkPlaces(List<Entry> entries, long available) throws IOException {
            long end = 0;
            String before = "the header";
            for (Entry entry : entries) {
                if (entry.from < end) {
                    throw damaged("lets tensor '" + entry.name + "' overlap with " + before);
                }
                if (entry.from > end) {
                    throw damaged("has a gap of " + (entry.from - end) + " bytes between " + before + " and tensor '" + entry.name + "'");
                }
                end = entry.to;
                before = "tensor '" + entry.name + "'";
            }
            if (end > available) {
                throw damaged("is cut off: its tensors need " + end + " bytes, " + available + " are there");
            }
            if (end < available) {
                throw damaged("has " + (available - end) + " bytes after its last tensor");
            }
        }

        private TensorData values(Entry entry) throws IOException {
            int size = (int) entry.shape.size();
            Object array = switch (entry.dtype) {
                case FLOAT32 -> new float[size];
                case FLOAT64 -> new double[size];
                default -> new int[size];
            };
            int most = CHUNK_BYTES / entry.dtype.bytes();
            for (int done = 0; done < size; done += most) {
                int count = Math.min(most, size - done);
                ByteBuffer chunk = bytes(count * entry.dtype.bytes());
                switch (array) {
                    case float[] values -> chunk.asFloatBuffer().get(values, done, count);
                    case double[] values -> chunk.asDoubleBuffer().get(values, done, count);
                    default -> chunk.asIntBuffer().get((int[]) array, done, count);
                }
            }
            return new TensorData(entry.dtype, entry.shape, array);
        }

        private ByteBuffer bytes(int count) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException(file + " ended while it was read");
                }
            }
            return bytes.flip();
        }

        private IOException damaged(String how) {
            return new IOException(file + " " + how);
        }

        private record Entry(String name, DType dtype, Shape shape, long from, long to) {}
    }
}
