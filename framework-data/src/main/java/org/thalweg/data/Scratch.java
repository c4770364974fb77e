package org.thalweg.data;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A file for what does not fit into memory. It has no name from the moment it is open, where the system allows that, so that its room is given
 * back however the process ends: when it is closed and nothing maps it any more.
 */
final class Scratch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Scratch.class.getName());

    private final DataFile source;
    private final Path folder;
    private final FileChannel channel;
    /** Writes while the caller goes on: making the next bytes takes about as long as writing the last. */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("thalweg-scratch").factory());
    private Future<?> writing = CompletableFuture.completedFuture(null);
    private long size;

    /**
     * Over an open file.
     *
     * @param source what does not fit into memory, for messages
     * @param folder of the file, for messages
     */
    Scratch(DataFile source, Path folder, FileChannel channel) {
        this.source = source;
        this.folder = folder;
        this.channel = channel;
    }

    /** A new file. */
    static Scratch open(DataFile source, Path folder) {
        try {
            Files.createDirectories(folder);
            Path path = Files.createTempFile(folder, "data-", ".bin");
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            LOG.log(Level.INFO, "{0}: larger than its share of the memory, so that it is held in a file in {1} until the run ends",
                    source.path(), folder);
            return new Scratch(source, folder, channel);
        } catch (IOException e) {
            throw source.problem("its numbers do not fit into memory, and no file can be made for them in " + folder + " (" + e.getMessage()
                    + "); set the environment variable XDG_CACHE_HOME to a folder that you may write to", e);
        }
    }

    /**
     * Adds bytes at the end, which must not be changed any more. What goes wrong is said by the next call.
     *
     * @return where they begin
     */
    long write(ByteBuffer bytes) {
        finish();
        long start = size;
        size += bytes.remaining();
        writing = writer.submit(() -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return null;
        });
        return start;
    }

    private void finish() {
        try {
            writing.get();
        } catch (ExecutionException e) {
            throw source.problem("its numbers do not fit into memory, and there is no room for " + Amount.of(size) + " of them in " + folder + " ("
                    + e.getCause().getMessage() + "); free some room, or set the environment variable XDG_CACHE_HOME to a folder on another disk", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw source.problem("reading was interrupted; start again", e);
        }
    }

    /** All that was written, until the arena is closed. */
    MemorySegment map(Arena arena) throws IOException {
        finish();
        return channel.map(MapMode.READ_ONLY, 0, size, arena);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        channel.close();
    }
}
