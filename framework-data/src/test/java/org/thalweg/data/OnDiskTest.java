package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.Shape;

/** Data too large for memory: files of some kilobytes, where memory is said to be smaller still. */
class OnDiskTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path folder;

    private Path scratch;

    @BeforeEach
    void makeRoom() {
        scratch = folder.resolve("scratch");
    }

    @ParameterizedTest(name = "limit {0}, gzip {1}, singlePrecision {2}")
    @CsvSource({"0, false, false", "0, true, true", "100000, false, true", "500000, true, false"})
    @DisplayName("a CSV file with columns of every kind reads the same from disk as from memory, in every type and order, by several threads")
    void csv(long limit, boolean gzip, boolean single) throws Exception {
        Files.write(folder.resolve("data.csv"), gzip ? gzipped(mixed()) : mixed());
        Map<String, Object> settings = Map.of("file", "data.csv", "target", "kind", "features", List.of("number", "color", "day", "byte"),
                "columns", Map.of("place", List.of("place"), "both", List.of("byte", "color")), "types", Map.of("color", "class", "place", "class",
                        "day", "date"), "missing", List.of("?"), "whenMissing", "nan", "singlePrecision", single);
        try (Dataset expected = csv(settings, Long.MAX_VALUE); Dataset found = csv(settings, limit)) {
            assertTrue(expected.isInMemory());
            assertFalse(found.isInMemory());
            assertFalse(Subset.of(found, 0).isInMemory());
            assertEquals(ROWS, found.size());
            assertSameInManyThreads(expected, found);
        }
    }

    @Test
    @DisplayName("a CSV file within the limit stays in memory, and memory says otherwise where that is wished")
    void choice() throws IOException {
        Files.writeString(folder.resolve("data.csv"), "a,b\n1,2\n3,4\n");
        for (String memory : List.of("auto", "heap")) {
            try (Dataset data = Settings.of(Csv.class, Map.of("file", "data.csv", "memory", memory)).open(new DataContext(folder))) {
                assertTrue(data.isInMemory());
            }
        }
    }

    @ParameterizedTest(name = "type {0}, gzip {1}")
    @CsvSource({"8, false", "8, true", "9, false", "11, false", "11, true", "12, false", "13, false", "14, false", "14, true"})
    @DisplayName("an IDX file of every type reads the same from disk as from memory, in every type and order, by several threads")
    void idx(int type, boolean gzip) throws Exception {
        int width = Map.of(8, 1, 9, 1, 11, 2, 12, 4, 13, 4, 14, 8).get(type);
        byte[] images = idx(type, width, 700, 3, 5);
        byte[] labels = idx(9, 1, 700);
        Files.write(folder.resolve("images"), gzip ? gzipped(images) : images);
        Files.write(folder.resolve("labels"), labels);
        try (Dataset expected = idx(Long.MAX_VALUE); Dataset found = idx(0)) {
            assertTrue(expected.isInMemory());
            assertFalse(found.isInMemory());
            assertSameInManyThreads(expected, found);
        }
    }

    @Test
    @DisplayName("a large IDX file that is cut short or too long is the same error as a small one")
    void wrongLength() throws IOException {
        byte[] images = idx(8, 1, 4, 2);
        for (boolean gzip : new boolean[] {false, true}) {
            byte[] cut = Arrays.copyOf(images, images.length - 3);
            byte[] longer = Arrays.copyOf(images, images.length + 1);
            Files.write(folder.resolve("images"), gzip ? gzipped(cut) : cut);
            assertEquals(folder.resolve("images") + ": the header [4, 2] announces 8 bytes of data, but there are only 5; the file is cut short "
                    + "or its header is wrong: get it again", assertThrows(DataException.class, () -> idx(0)).getMessage());
            Files.write(folder.resolve("images"), gzip ? gzipped(longer) : longer);
            assertEquals(folder.resolve("images") + ": the header [4, 2] announces 8 bytes of data, but there are more; the header is wrong: get "
                    + "the file again", assertThrows(DataException.class, () -> idx(0)).getMessage());
            assertNothingLeft();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7,8", "7"})
    @DisplayName("no file is left in the scratch folder: not while the data is open, not after a failure, not at the end")
    @EnabledOnOs(OS.LINUX)
    void nothingIsLeft(String lastRow) throws IOException {
        Files.writeString(folder.resolve("data.csv"), "a,b\n" + "5,6\n".repeat(70_000) + lastRow);
        try (Dataset data = csv(Map.of("file", "data.csv"), 0)) {
            assertFalse(data.isInMemory());
            assertNothingLeft();
        } catch (DataException e) {
            assertTrue(e.getMessage().contains("differ"), e.getMessage());
        }
        assertNothingLeft();
    }

    @Test
    @DisplayName("a closed data set on disk gives its room back, and closing it again does nothing")
    void closing() throws IOException {
        Files.writeString(folder.resolve("data.csv"), "a,b\n1,2\n");
        Dataset data = csv(Map.of("file", "data.csv"), 0);
        data.close();
        data.close();
        assertThrows(IllegalStateException.class, () -> data.read(0, new int[] {0}, 0, 1, new float[2]));
    }

    @Test
    @DisplayName("a disk without room is an error that says where and what to do")
    @EnabledOnOs(OS.LINUX)
    void fullDisk() throws IOException {
        DataFile source = new DataFile(folder.resolve("data.csv"));
        try (FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
                Scratch file = new Scratch(source, scratch, full)) {
            file.write(ByteBuffer.allocate(100_000));
            Exception e = assertThrows(DataException.class, () -> file.write(ByteBuffer.allocate(100)));
            assertEquals(folder.resolve("data.csv") + ": its numbers do not fit into memory, and there is no room for 100 kB of them in " + scratch
                    + " (No space left on device); free some room, or set the environment variable XDG_CACHE_HOME to a folder on another disk",
                    e.getMessage());
        }
    }

    @Test
    @DisplayName("a scratch folder that cannot be made is an error that says what to do")
    void noFolder() throws IOException {
        Files.writeString(folder.resolve("data.csv"), "a,b\n1,2\n");
        Files.writeString(scratch, "a file");
        String message = assertThrows(DataException.class, () -> csv(Map.of("file", "data.csv"), 0)).getMessage();
        assertTrue(message.startsWith(folder.resolve("data.csv") + ": its numbers do not fit into memory, and no file can be made for them in "
                + scratch + " ("), message);
        assertTrue(message.endsWith("); set the environment variable XDG_CACHE_HOME to a folder that you may write to"), message);
    }

    @Test
    @DisplayName("a file that is cut short after it was opened is an error with the row")
    @EnabledOnOs(OS.LINUX)
    void cutShortLater() throws IOException {
        Path images = folder.resolve("images");
        Files.write(images, idx(8, 1, 100, 1000));
        Files.write(folder.resolve("labels"), idx(8, 1, 100));
        try (Dataset data = idx(0)) {
            try (FileChannel channel = FileChannel.open(images, StandardOpenOption.WRITE)) {
                channel.truncate(50_000);
            }
            int[] rows = {3, 99, 98};
            data.read(0, rows, 0, 1, new float[1000]);
            String expected = images + ": row 99 cannot be read any more: the file was changed, or its disk failed, after it was opened; leave it "
                    + "as it is until the run ends";
            assertEquals(expected, assertThrows(DataException.class, () -> data.read(0, rows, 0, 3, new float[3000])).getMessage());
            assertEquals(expected, assertThrows(DataException.class, () -> data.read(0, rows, 0, 3, new double[3000])).getMessage());
        }
    }

    private Dataset csv(Map<String, Object> settings, long limit) throws IOException {
        return Settings.of(Csv.class, new HashMap<>(settings)).open(new DataContext(folder), new Storage(limit, scratch));
    }

    private Dataset idx(long limit) throws IOException {
        return Idx.read(new DataFile(folder.resolve("images")),
                Files.exists(folder.resolve("labels")) ? Optional.of(new DataFile(folder.resolve("labels"))) : Optional.empty(), List.of(),
                new Storage(limit, scratch));
    }

    private void assertNothingLeft() throws IOException {
        if (Files.exists(scratch)) {
            try (Stream<Path> files = Files.list(scratch)) {
                assertEquals(List.of(), files.toList());
            }
        }
    }

    /** Numbers of every width in turn, dates, texts, quotes, spaces, empty lines, and missing values. */
    private static byte[] mixed() {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("number,color,day,byte,place,kind\n");
        for (int row = 0; row < ROWS; row++) {
            Object number = row < ROWS / 3 ? row % 200 : row < 2 * ROWS / 3 ? row / 4.0 : random.nextGaussian();
            text.append(random.nextInt(50) == 0 ? "?" : number)
                    .append(',').append(random.nextInt(40) == 0 ? "" : "\"dark, " + random.nextInt(5) + '"')
                    .append(",2024-0").append(1 + random.nextInt(9)).append("-1").append(random.nextInt(10))
                    .append(" ,").append(random.nextInt(256))
                    .append(",p").append(random.nextInt(300))
                    .append(',').append("abc".charAt(random.nextInt(3))).append(row % 1000 == 0 ? "\n\n" : "\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] idx(int type, int width, int... extents) {
        int size = IntStream.of(extents).reduce(width, (a, b) -> a * b);
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * extents.length + size).putInt(type << 8 | extents.length);
        IntStream.of(extents).forEach(bytes::putInt);
        Random random = new Random(5);
        while (bytes.hasRemaining()) {
            bytes.put((byte) random.nextInt(256));
        }
        return bytes.array();
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static void assertSameInManyThreads(Dataset expected, Dataset found) throws Exception {
        assertEquals(expected.schema(), found.schema());
        assertEquals(expected.size(), found.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> reads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int seed = i;
                reads.add(threads.submit(() -> assertSame(expected, found, seed)));
            }
            for (Future<?> read : reads) {
                read.get();
            }
        }
    }

    /** All rows, or some in another order, from some position on. */
    private static void assertSame(Dataset expected, Dataset found, int seed) {
        Random random = new Random(seed);
        int count = seed == 0 ? found.size() : Math.min(found.size(), 1000);
        int[] rows = IntStream.range(-5, count).map(i -> seed == 0 ? Math.max(i, 0) : random.nextInt(found.size())).toArray();
        for (int column = 0; column < found.schema().columns().size(); column++) {
            Column described = found.schema().columns().get(column);
            Shape shape = described.shape();
            int size = count * (int) shape.size();
            double[][] doubles = new double[2][size];
            expected.read(column, rows, 5, count, doubles[0]);
            found.read(column, rows, 5, count, doubles[1]);
            assertArrayEquals(doubles[0], doubles[1], described.name());
            float[][] floats = new float[2][size];
            expected.read(column, rows, 5, count, floats[0]);
            found.read(column, rows, 5, count, floats[1]);
            assertArrayEquals(floats[0], floats[1], described.name());
            if (!described.dtype().isFloating()) {
                int[][] ints = new int[2][size];
                expected.read(column, rows, 5, count, ints[0]);
                found.read(column, rows, 5, count, ints[1]);
                assertArrayEquals(ints[0], ints[1], described.name());
            }
        }
    }
}
