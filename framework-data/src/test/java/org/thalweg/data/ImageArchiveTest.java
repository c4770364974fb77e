package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.Shape;

class ImageArchiveTest {
    private static final String IMAGES = "t10k-images-idx3-ubyte.gz";
    private static final String LABELS = "t10k-labels-idx1-ubyte.gz";
    private static final byte[] IMAGE_FILE = gzip(ByteBuffer.allocate(24).putInt(0x00000803).putInt(2).putInt(2).putInt(2)
            .put(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 255}).array());
    private static final byte[] LABEL_FILE = gzip(ByteBuffer.allocate(10).putInt(0x00000801).putInt(2).put(new byte[] {1, 0}).array());

    @TempDir
    Path folder;

    private HttpServer server;
    private int requests;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map.of(IMAGES, IMAGE_FILE, LABELS, LABEL_FILE).forEach((name, bytes) -> server.createContext("/" + name, exchange -> {
            requests++;
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    @DisplayName("files that are nowhere are downloaded into the cache, once")
    void download() throws IOException {
        Path cache = folder.resolve("cache");
        assertContent(archive(List.of()).open(Part.TEST, Optional.empty(), context(), cache));
        assertContent(archive(List.of()).open(Part.TEST, Optional.empty(), context(), cache));
        assertEquals(2, requests);
        try (Stream<Path> files = Files.list(cache)) {
            assertEquals(List.of(IMAGES, LABELS), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    @DisplayName("files that the system's packages have installed are used as they are")
    void installed() throws IOException {
        Path installed = Files.createDirectories(folder.resolve("installed"));
        Files.write(installed.resolve(IMAGES), IMAGE_FILE);
        Files.write(installed.resolve(LABELS), LABEL_FILE);
        assertContent(archive(List.of(installed)).open(Part.TEST, Optional.empty(), context(), folder.resolve("cache")));
        assertEquals(0, requests);
    }

    @Test
    @DisplayName("a folder of the settings is relative to the configuration, and its files may be unpacked")
    void given() throws IOException {
        Path given = Files.createDirectories(folder.resolve("given"));
        try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(IMAGE_FILE))) {
            Files.write(given.resolve("t10k-images-idx3-ubyte"), in.readAllBytes());
        }
        Files.write(given.resolve(LABELS), LABEL_FILE);
        assertContent(archive(List.of()).open(Part.TEST, Optional.of("given"), context(), folder.resolve("cache")));
        assertEquals(0, requests);
    }

    @Test
    @DisplayName("a folder of the settings without the files is an error, and nothing is downloaded")
    void emptyFolder() {
        assertEquals(folder + ": the files train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz (or the same without .gz) are not both in "
                        + "this folder; put them there, or leave folder out to have them downloaded",
                assertThrows(DataException.class, () -> archive(List.of()).open(Part.TRAIN, Optional.of("."), context(), folder)).getMessage());
    }

    @Test
    @DisplayName("a download that fails says what else can be done")
    void failure() {
        String message = assertThrows(
                DataException.class, () -> archive(List.of()).open(Part.TRAIN, Optional.empty(), context(), folder)).getMessage();
        assertTrue(message.endsWith("train-images-idx3-ubyte.gz: the server does not give the file (status 404); it may have moved: look for it "
                + "elsewhere, and get it by hand; or get train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz another way and set folder to "
                + "where they are, or pray"), message);
    }

    @Test
    @DisplayName("the cache is where the XDG specification wants it")
    void cache() {
        ImageArchive archive = archive(List.of());
        assertEquals(Path.of("/c/thalweg/small"), archive.cache(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/h")));
        assertEquals(Path.of("/h/.cache/thalweg/small"), archive.cache(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/h")));
        assertEquals(Path.of("/h/.cache/thalweg/small"), archive.cache(Map.of("HOME", "/h")));
        assertEquals(Path.of(System.getProperty("user.home"), ".cache", "thalweg", "small"), archive.cache(Map.of()));
    }

    @Test
    @DisplayName("both data sets have a sum for every file, and ten classes")
    void published() {
        for (ImageArchive archive : List.of(FashionMnist.ARCHIVE, Mnist.ARCHIVE)) {
            for (Part part : Part.values()) {
                assertTrue(archive.checksums().get(part.prefix() + "-images-idx3-ubyte.gz").matches("[0-9a-f]{32}"));
                assertTrue(archive.checksums().get(part.prefix() + "-labels-idx1-ubyte.gz").matches("[0-9a-f]{32}"));
            }
            assertEquals(10, archive.classes().size());
            assertTrue(archive.source().toString().endsWith("/"));
        }
    }

    @Test
    @DisplayName("Fashion-MNIST has 10,000 test images where Debian's package is installed")
    void debian() throws IOException {
        Path debian = FashionMnist.ARCHIVE.installed().getFirst();
        assumeTrue(Files.isDirectory(debian), "Debian's package is not installed");
        Dataset data = Settings.of(FashionMnist.class, Map.of("part", "test", "folder", debian.toString())).open(context());
        assertEquals(10_000, data.size());
        assertEquals(Shape.of(28, 28), data.schema().column("input").shape());
        assertEquals("Ankle boot", data.schema().column("target").categories().get(Reading.ints(data, "target")[0]));
        int[] each = new int[10];
        java.util.Arrays.fill(each, 1000);
        assertArrayEquals(each, Reading.classCounts(data));
    }

    private static void assertContent(Dataset data) {
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 255}, Reading.floats(data, "input"));
        assertArrayEquals(new int[] {1, 0}, Reading.ints(data, "target"));
        assertEquals(List.of("no", "yes"), data.schema().column("target").categories());
    }

    private ImageArchive archive(List<Path> installed) {
        return new ImageArchive("small", URI.create("http://localhost:" + server.getAddress().getPort() + "/"),
                Map.of(IMAGES, md5(IMAGE_FILE), LABELS, md5(LABEL_FILE), "train-images-idx3-ubyte.gz", "0", "train-labels-idx1-ubyte.gz", "0"),
                List.of("no", "yes"), installed, ", or pray");
    }

    private DataContext context() {
        return new DataContext(folder);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
