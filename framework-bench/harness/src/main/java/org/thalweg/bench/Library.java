package org.thalweg.bench;

import java.nio.file.Path;

/** Where a library comes from. */
public final class Library {
    private Library() {}

    /** The name of the jar that a class lies in, without its ending: {@code pytorch-2.10.0-1.5.13}. */
    public static String of(Class<?> type) {
        String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return Path.of(path).getFileName().toString().replaceFirst("\\.jar$", "");
    }
}
