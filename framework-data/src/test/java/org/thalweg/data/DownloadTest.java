package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.data.DataException;

@Timeout(60)
class DownloadTest {
    private static final byte[] CONTENT = content();
    private static final Duration PATIENCE = Duration.ofMillis(700);

    @TempDir
    Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Path target;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        target = folder.resolve("new/file.gz");
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    @DisplayName("a file arrives whole, in a folder that is made for it, and nothing else is left there")
    void whole() throws Exception {
        serve(DownloadTest::whole);
        download(Optional.of(md5())).run();
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
        assertEquals(List.of("file.gz"), files());
    }

    @Test
    @DisplayName("a length that the server does not announce is no problem")
    void unknownLength() throws Exception {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        download(Optional.of(md5())).run();
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
    }

    @Test
    @DisplayName("redirects are followed")
    void redirect() throws Exception {
        server.createContext("/elsewhere", DownloadTest::whole);
        serve(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        download(Optional.of(md5())).run();
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
    }

    @Test
    @DisplayName("a file that breaks off is got again from the beginning")
    void brokenOnce() throws Exception {
        serve(exchange -> {
            assertTrue(exchange.getRequestHeaders().get("Range") == null);
            if (requests.get() == 1) {
                truncated(exchange);
            } else {
                whole(exchange);
            }
        });
        download(Optional.of(md5())).run();
        assertEquals(2, requests.get());
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
    }

    @Test
    @DisplayName("a file that breaks off every time is an error, and leaves nothing")
    void brokenAlways() {
        serve(DownloadTest::truncated);
        String message = failure(Optional.empty());
        assertTrue(message.startsWith(source() + ": the file could not be downloaded in 3 attempts: the connection broke off ("), message);
        assertTrue(message.endsWith("); check the connection, or try again later"), message);
        assertEquals(3, requests.get());
        assertEquals(List.of(), files());
    }

    @Test
    @DisplayName("an altered file is an error with both checksums, and replaces nothing")
    void altered() throws Exception {
        serve(DownloadTest::whole);
        Files.createDirectories(target.getParent());
        Files.writeString(target, "old");
        String wanted = "0123456789abcdef0123456789abcdef";
        assertEquals(source() + ": the file could not be downloaded in 3 attempts: the file is not the one that was published: its MD5 checksum is "
                + md5() + ", not " + wanted + "; check the connection, or try again later", failure(Optional.of(wanted)));
        assertEquals("old", Files.readString(target));
        assertEquals(List.of("file.gz"), files());
    }

    @Test
    @DisplayName("a server that stops in the middle, or never starts, is an error after the time of its patience")
    void slow() {
        serve(exchange -> {
            if (requests.get() == 1) {
                exchange.sendResponseHeaders(200, CONTENT.length);
                exchange.getResponseBody().write(CONTENT, 0, 1000);
                exchange.getResponseBody().flush();
            }
            await();
        });
        assertEquals(source() + ": the file could not be downloaded in 2 attempts: the server said nothing for 0.7 s; check the connection, "
                + "or try again later", assertThrows(DataException.class, () -> download(Optional.empty(), 2).run()).getMessage());
        assertEquals(List.of(), files());
    }

    @Test
    @DisplayName("a file that has vanished is an error at once")
    void vanished() {
        serve(exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        assertEquals(source() + ": the server does not give the file (status 404); it may have moved: look for it elsewhere, and get it by hand",
                failure(Optional.empty()));
        assertEquals(1, requests.get());
        assertEquals(List.of(), files());
    }

    @Test
    @DisplayName("a server that is busy is asked again")
    void busy() throws Exception {
        serve(exchange -> {
            if (requests.get() < 3) {
                exchange.sendResponseHeaders(requests.get() == 1 ? 503 : 429, -1);
                exchange.close();
            } else {
                whole(exchange);
            }
        });
        download(Optional.of(md5())).run();
        assertEquals(3, requests.get());
    }

    @Test
    @DisplayName("a server that is not there is an error")
    void unreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Download download = new Download(URI.create("http://localhost:" + port + "/x"), target, Optional.empty(), PATIENCE, 1, Duration.ZERO);
        String message = assertThrows(DataException.class, download::run).getMessage();
        assertTrue(message.startsWith("http://localhost:" + port + "/x: the file could not be downloaded in 1 attempt: the server did not answer"),
                message);
    }

    @Test
    @DisplayName("an interrupt ends the download and leaves nothing")
    void interrupted() {
        serve(exchange -> await());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, () -> download(Optional.empty()).run());
        assertTrue(Thread.interrupted());
        assertEquals(List.of(), files());
    }

    private void serve(HttpHandler handler) {
        server.createContext("/file.gz", exchange -> {
            requests.incrementAndGet();
            handler.handle(exchange);
        });
    }

    private static void whole(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, CONTENT.length);
        exchange.getResponseBody().write(CONTENT);
        exchange.close();
    }

    private static void truncated(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, CONTENT.length);
        exchange.getResponseBody().write(CONTENT, 0, CONTENT.length / 2);
        exchange.close();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private URI source() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/file.gz");
    }

    private Download download(Optional<String> md5) {
        return download(md5, 3);
    }

    private Download download(Optional<String> md5, int attempts) {
        return new Download(source(), target, md5, PATIENCE, attempts, Duration.ofMillis(1));
    }

    private String failure(Optional<String> md5) {
        return assertThrows(DataException.class, () -> download(md5).run()).getMessage();
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(target.getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String md5() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(CONTENT));
    }

    private static byte[] content() {
        byte[] content = new byte[300_000];
        SplitMix64 random = new SplitMix64(1);
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) random.next();
        }
        return content;
    }
}
