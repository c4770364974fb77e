package org.thalweg.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file that takes long to read: tells every few seconds how far it is, through the logger {@code org.thalweg.data.TellingProgress}. */
final class TellingProgress extends FilterInputStream {
    private static final Logger LOG = System.getLogger(TellingProgress.class.getName());
    private static final long SAY_EVERY = TimeUnit.SECONDS.toNanos(5);

    private final Path path;
    private long done;
    private long said = System.nanoTime();

    TellingProgress(Path path, InputStream in) {
        super(in);
        this.path = path;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        done += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        int read = super.read(target, from, count);
        done += Math.max(read, 0);
        if (System.nanoTime() - said > SAY_EVERY) {
            said = System.nanoTime();
            LOG.log(Level.INFO, "{0}: {1} of {2} read", path, Amount.of(done), Amount.of(Files.size(path)));
        }
        return read;
    }
}
