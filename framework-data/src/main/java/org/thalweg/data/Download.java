package org.thalweg.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thalweg.api.data.DataException;

/**
 * One file from a web server to a place on disk, whole or not at all: it is written beside that place under another name, checked, and then
 * renamed in one step. Redirects are followed, but none from https to http. A download that breaks off starts again from the beginning. Tells
 * how far it is through the logger {@code org.thalweg.data.Download}.
 *
 * @param source http or https
 * @param target the file to make; its folder is made too
 * @param md5 the published checksum in hexadecimal; without it, only the length that the server announced is checked
 * @param patience how long the server may say nothing
 * @param attempts how often to try, 1 or more
 * @param pause before the second attempt; twice as long before each further one
 */
public record Download(URI source, Path target, Optional<String> md5, Duration patience, int attempts, Duration pause) {
    private static final Logger LOG = System.getLogger(Download.class.getName());
    private static final long SAY_EVERY = TimeUnit.SECONDS.toNanos(2);
    private static final int OK = 200;

    /** With 30 seconds of patience and 3 attempts, 1 second apart. */
    public Download(URI source, Path target, Optional<String> md5) {
        this(source, target, md5, Duration.ofSeconds(30), 3, Duration.ofSeconds(1));
    }

    /** A reason to try again. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /**
     * Gets the file.
     *
     * @throws DataException where the server does not have it, or no attempt brings it whole and unaltered
     * @throws IOException where it cannot be written
     */
    public void run() throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, target.getFileName() + ".", ".part");
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    attempt(part);
                    break;
                } catch (Broken e) {
                    if (attempt >= attempts) {
                        throw new DataException(source + ": the file could not be downloaded in " + attempts + " attempt"
                                + (attempts == 1 ? "" : "s") + ": " + e.getMessage() + "; check the connection, or try again later", e);
                    }
                    LOG.log(Level.WARNING, "{0}: {1}; trying again", source, e.getMessage());
                    sleep(pause.multipliedBy(1L << Math.min(attempt - 1, 16)));
                }
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void attempt(Path part) throws IOException, Broken {
        HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(patience).build();
        try (client) {
            try {
                HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer = answer(client);
                long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
                LOG.log(Level.INFO, "{0}: downloading{1}", source, length < 0 ? "" : " " + Amount.of(length));
                Arrivals arrivals = new Arrivals();
                answer.body().subscribe(arrivals);
                write(part, arrivals, length);
            } finally {
                // Also ends what has not arrived yet, so that closing does not wait for it.
                client.shutdownNow();
            }
        }
    }

    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer(HttpClient client) throws IOException, Broken {
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer;
        try {
            answer = client.sendAsync(HttpRequest.newBuilder(source).build(), BodyHandlers.ofPublisher())
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw silent(e);
        } catch (ExecutionException e) {
            String reason = e.getCause().getMessage();
            throw new Broken("the server did not answer" + (reason == null ? "" : " (" + reason + ")"), e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
        int status = answer.statusCode();
        if (status >= 500 || status == 429) {
            throw new Broken("the server is busy or broken (status " + status + ")", null);
        }
        if (status != OK) {
            throw new DataException(source + ": the server does not give the file (status " + status
                    + "); it may have moved: look for it elsewhere, and get it by hand");
        }
        return answer;
    }

    private void write(Path part, Arrivals arrivals, long length) throws IOException, Broken {
        MessageDigest digest = digest();
        long written = 0;
        long said = System.nanoTime();
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (List<ByteBuffer> some = arrivals.next(this); !some.isEmpty(); some = arrivals.next(this)) {
                for (ByteBuffer bytes : some) {
                    written += bytes.remaining();
                    digest.update(bytes.duplicate());
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                }
                if (System.nanoTime() - said > SAY_EVERY) {
                    said = System.nanoTime();
                    LOG.log(Level.INFO, "{0}: {1}{2}", source, Amount.of(written), length < 0 ? "" : " of " + Amount.of(length));
                }
            }
            out.force(true);
        }
        if (length >= 0 && written != length) {
            throw new Broken("the server announced " + length + " bytes and sent " + written, null);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (md5.isPresent() && !md5.get().equalsIgnoreCase(found)) {
            throw new Broken("the file is not the one that was published: its MD5 checksum is " + found + ", not " + md5.get(), null);
        }
    }

    private Broken silent(Throwable cause) {
        return new Broken("the server said nothing for " + patience.toMillis() / 1000.0 + " s", cause);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private static void sleep(Duration pause) throws IOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("the download was interrupted");
    }

    /** What arrives, in order: bytes, then an empty list or what went wrong. One part is asked for at a time. */
    private static final class Arrivals implements Flow.Subscriber<List<ByteBuffer>> {
        private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        private volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> bytes) {
            if (bytes.isEmpty()) {
                subscription.request(1);
            } else {
                queue.add(bytes);
            }
        }

        @Override
        public void onError(Throwable error) {
            queue.add(error);
        }

        @Override
        public void onComplete() {
            queue.add(List.of());
        }

        /** The next part; an empty one at the end. */
        @SuppressWarnings("unchecked")
        List<ByteBuffer> next(Download download) throws IOException, Broken {
            Object arrived;
            try {
                arrived = queue.poll(download.patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw interrupted();
            }
            if (arrived == null) {
                subscription.cancel();
                throw download.silent(null);
            }
            if (arrived instanceof Throwable error) {
                throw new Broken("the connection broke off (" + error.getMessage() + ")", error);
            }
            subscription.request(1);
            return (List<ByteBuffer>) arrived;
        }
    }
}
