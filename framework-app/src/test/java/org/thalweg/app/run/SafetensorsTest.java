package org.thalweg.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void the_bytes_are_those_of_the_format() throws IOException {
        write(Map.of("w", TensorData.of(Shape.of(1, 2), 1.0f, -2.5f)), Map.of("format", "pt"));

        String header = "{\"__metadata__\":{\"format\":\"pt\"},\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        int padded = (header.length() + 7) / 8 * 8;
        expected.writeBytes(new byte[] {(byte) padded, 0, 0, 0, 0, 0, 0, 0});
        expected.writeBytes((header + " ".repeat(padded - header.length())).getBytes(StandardCharsets.US_ASCII));
        expected.writeBytes(new byte[] {0, 0, (byte) 0x80, 0x3F, 0, 0, 0x20, (byte) 0xC0});
        assertArrayEquals(expected.toByteArray(), Files.readAllBytes(file()));
    }

    @Test
    void wide_types_come_first_so_that_every_tensor_is_aligned() throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        tensors.put("i", TensorData.of(Shape.of(1), 7));
        tensors.put("d", TensorData.of(Shape.scalar(), 1.0));
        write(tensors, Map.of());

        byte[] bytes = Files.readAllBytes(file());
        byte[] values = Arrays.copyOfRange(bytes, bytes.length - 12, bytes.length);
        assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xF0, 0x3F, 7, 0, 0, 0}, values);
        assertEquals(0, (bytes.length - 12) % 8);
    }

    @Test
    void what_was_written_is_read_again() throws IOException {
        float[] large = new float[100_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = i * 0.5f;
        }
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        tensors.put("0.weight", TensorData.of(Shape.of(100, 1000), large));
        tensors.put("scalar", TensorData.of(Shape.scalar(), Double.MIN_VALUE));
        tensors.put("numbers", TensorData.of(Shape.of(3), 1, -2, Integer.MAX_VALUE));
        tensors.put("empty", TensorData.of(Shape.of(0, 4), new float[0]));
        tensors.put("schräg \"π\"", TensorData.of(Shape.of(1), Float.NaN));
        write(tensors, Map.of("note", "zwölf"));

        Safetensors read = Safetensors.read(file());
        assertEquals(tensors.keySet(), read.tensors().keySet());
        assertArrayEquals(large, read.tensors().get("0.weight").floats());
        assertEquals(Shape.of(100, 1000), read.tensors().get("0.weight").shape());
        assertArrayEquals(new double[] {Double.MIN_VALUE}, read.tensors().get("scalar").doubles());
        assertArrayEquals(new int[] {1, -2, Integer.MAX_VALUE}, read.tensors().get("numbers").ints());
        assertEquals(Shape.of(0, 4), read.tensors().get("empty").shape());
        assertEquals(Map.of("note", "zwölf"), read.metadata());
    }

    @Test
    void a_file_without_tensors_is_a_file() throws IOException {
        write(Map.of(), Map.of());
        assertEquals(new Safetensors(Map.of(), Map.of()), Safetensors.read(file()));
    }

    @Test
    void a_failed_write_leaves_the_old_file_and_nothing_else() throws IOException {
        write(Map.of("w", TensorData.of(Shape.of(1), 1.0f)), Map.of());

        assertThrows(IOException.class, () -> AtomicFile.write(file(), channel -> {
            channel.write(ByteBuffer.allocate(3));
            throw new IOException("No space left on device");
        }));
        assertEquals(1.0f, Safetensors.read(file()).tensors().get("w").floats()[0]);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void a_tensor_must_not_take_the_name_of_the_metadata() {
        Safetensors reserved = new Safetensors(Map.of("__metadata__", TensorData.of(Shape.of(1), 1)), Map.of());
        assertEquals("a tensor cannot be called __metadata__: the format keeps that name for itself",
                assertThrows(IllegalArgumentException.class, () -> reserved.write(file())).getMessage());
    }

    @Test
    void an_array_must_fit_the_shape_and_the_type() {
        assertEquals("a tensor of shape [2, 2] needs 4 values, but was given 3",
                assertThrows(IllegalArgumentException.class, () -> TensorData.of(Shape.of(2, 2), 1f, 2f, 3f)).getMessage());
        assertEquals("a tensor of FLOAT32 cannot be kept in a double[]",
                assertThrows(IllegalArgumentException.class, () -> new TensorData(DType.FLOAT32, Shape.of(1), new double[1])).getMessage());
    }

    @Test
    void a_file_that_is_cut_off_or_of_another_kind_is_refused() throws IOException {
        assertDamaged(new byte[3], "has 3 bytes, too few for the length of its header");
        assertDamaged("{\"hello\": \"I am JSON\"}".getBytes(StandardCharsets.US_ASCII),
                "gives its header the length 2481321132518023803: it is damaged, or of another format");
        assertDamaged(bytes(100, "{}", 0), "ends within its header: 100 bytes are announced, 2 are there");
        assertDamaged(bytes("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 4),
                "is cut off: its tensors need 8 bytes, 4 are there");
        assertDamaged(bytes("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 9), "has 1 bytes after its last tensor");
    }

    @Test
    void a_header_that_is_no_JSON_object_is_refused() throws IOException {
        assertDamaged(bytes("[]", 0), "has a header that is not a JSON object");
        assertDamaged(bytes(" {}", 0), "has a header that is not a JSON object");
        assertDamaged(bytes("{\"a\":1,}", 0), "has a header that is not JSON: ");
        assertDamaged(bytes("{\"a\":{},\"a\":{}}", 0), "has a header that is not JSON: ");
        assertDamaged(bytes("{\"__metadata__\":{\"a\":1}}", 0), "has metadata 'a' that is not a text");
    }

    @Test
    void tensors_that_overlap_or_leave_a_gap_are_refused() throws IOException {
        String two = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}}";
        assertDamaged(bytes(two.formatted(4, 12), 12), "lets tensor 'b' overlap with tensor 'a'");
        assertDamaged(bytes(two.formatted(12, 20), 20), "has a gap of 4 bytes between tensor 'a' and tensor 'b'");
    }

    @Test
    void a_tensor_whose_description_is_wrong_is_refused() throws IOException {
        assertDescription("\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]",
                "holds tensor 'a' of type 'BF16'; only F32, F64 and I32 can be read");
        assertDescription("\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]", "gives tensor 'a' 8 bytes, but its shape [3] in F32 needs 12");
        assertDescription("\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]", "holds tensor 'a' whose shape is not a list of whole numbers from 0");
        assertDescription("\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]", "holds tensor 'a' whose shape is not a list of whole numbers from 0");
        assertDescription("\"dtype\":\"F32\",\"shape\":[2]", "holds tensor 'a' whose data_offsets is not a list of whole numbers from 0");
        assertDescription("\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]", "holds tensor 'a' without a pair of data_offsets");
        assertDescription("\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,8]",
                "holds tensor 'a' that is too large for an array: [65536,65536]");
    }

    private Path file() {
        return folder.resolve("weights.safetensors");
    }

    private void write(Map<String, TensorData> tensors, Map<String, String> metadata) throws IOException {
        new Safetensors(tensors, metadata).write(file());
    }

    private static byte[] bytes(String header, int data) {
        return bytes(header.length(), header, data);
    }

    private static byte[] bytes(long length, String header, int data) {
        return ByteBuffer.allocate(8 + header.length() + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private void assertDescription(String described, String expected) throws IOException {
        assertDamaged(bytes("{\"a\":{" + described + "}}", 8), expected);
    }

    private void assertDamaged(byte[] content, String expected) throws IOException {
        Files.write(file(), content);
        String message = assertThrows(IOException.class, () -> Safetensors.read(file())).getMessage();
        String start = file() + " " + expected;
        assertEquals(start, expected.endsWith(": ") ? message.substring(0, Math.min(start.length(), message.length())) : message);
    }
}
