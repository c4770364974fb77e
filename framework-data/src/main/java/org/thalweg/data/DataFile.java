package org.thalweg.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;

/** A file that settings name. Gzip is recognised by the first two bytes, whatever the file's name. */
record DataFile(Path path) {
    private static final int BUFFER = 65_536;

    /** Reads from an open file. */
    interface Content<T> {
        T from(InputStream in) throws IOException;
    }

    static DataFile of(DataContext context, String name) {
        return new DataFile(context.resolve(name).toAbsolutePath().normalize());
    }

    /** Opens, reads and closes the file, and says in a sentence why it cannot be read. */
    <T> T read(Content<T> content) throws IOException {
        if (Files.isDirectory(path)) {
            throw problem("this is a folder; name a file");
        }
        try (InputStream in = open()) {
            return content.from(in);
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + path + "; a relative name starts from the folder of the configuration file", e);
        } catch (AccessDeniedException e) {
            throw problem("you are not allowed to read this file; change its permissions", e);
        } catch (EOFException | ZipException e) {
            throw problem("the gzip data is damaged or cut short; get the file again", e);
        }
    }

    /** Whether the bytes of the file are its content, not packed, and can be read in any order. */
    boolean isPlain() throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return !isGzip(in);
        }
    }

    private InputStream open() throws IOException {
        BufferedInputStream in = new BufferedInputStream(new TellingProgress(path, Files.newInputStream(path)), BUFFER);
        in.mark(2);
        boolean gzip = isGzip(in);
        in.reset();
        return gzip ? new GZIPInputStream(in, BUFFER) : in;
    }

    private static boolean isGzip(InputStream in) throws IOException {
        return in.read() == 0x1f && in.read() == 0x8b;
    }

    DataException problem(String message) {
        return new DataException(path + ": " + message);
    }

    DataException problem(String message, Exception cause) {
        return new DataException(path + ": " + message, cause);
    }

    DataException problem(long line, String message) {
        return new DataException(path + ":" + line + ": " + message);
    }
}
