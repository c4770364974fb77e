package org.thalweg.app.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Replaces a file at once: readers, and whoever comes after a crash, see the old content or the new one, never a part. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes aside, syncs and renames. */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        // Not a temporary file: those can be read by their owner alone, and would pass that on.
        Path aside = folder.resolve("." + file.getFileName() + "-" + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
        sync(folder);
    }

    /** The new name is on the disk only when the folder is. Where the system cannot sync folders it keeps them in order itself. */
    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open a folder.
        }
    }

    /** What to write. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything. */
        void writeTo(FileChannel channel) throws IOException;
    }
}
