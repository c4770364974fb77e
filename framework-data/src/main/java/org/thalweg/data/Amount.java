package org.thalweg.data;

/** How messages write a number of bytes. */
final class Amount {
    private Amount() {}

    static String of(long bytes) {
        return bytes < 1_000_000 ? (bytes + 999) / 1000 + " kB" : String.format("%.1f MB", bytes / 1e6);
    }
}
