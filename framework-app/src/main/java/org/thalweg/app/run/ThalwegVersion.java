package org.thalweg.app.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of the framework, as the build wrote it down. */
public final class ThalwegVersion {
    private ThalwegVersion() {}

    /** As in {@code 0.1.0}. */
    public static String current() {
        try (InputStream version = ThalwegVersion.class.getResourceAsStream("version.txt")) {
            return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
