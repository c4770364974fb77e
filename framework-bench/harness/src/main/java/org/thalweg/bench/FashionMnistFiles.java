package org.thalweg.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Fashion-MNIST's files for libraries without a reader of their own, from {@code $FASHION_MNIST} or where Debian's package dataset-fashion-mnist puts them. */
public final class FashionMnistFiles {
    /** Where the four files are. */
    public static final Path FOLDER = Path.of(System.getenv().getOrDefault("FASHION_MNIST", "/usr/share/datasets/fashion-mnist"));

    private static final int IMAGE_HEADER = 16;
    private static final int LABEL_HEADER = 8;

    private FashionMnistFiles() {}

    /**
     * The pixels, from 0 to 1.
     *
     * @param part {@code train} or {@code t10k}
     */
    public static float[] images(String part) {
        byte[] bytes = bytes(part + "-images-idx3-ubyte.gz");
        float[] values = new float[bytes.length - IMAGE_HEADER];
        for (int i = 0; i < values.length; i++) {
            values[i] = (bytes[i + IMAGE_HEADER] & 0xff) / 255f;
        }
        return values;
    }

    /** The classes. */
    public static int[] labels(String part) {
        byte[] bytes = bytes(part + "-labels-idx1-ubyte.gz");
        int[] values = new int[bytes.length - LABEL_HEADER];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[i + LABEL_HEADER];
        }
        return values;
    }

    private static byte[] bytes(String name) {
        try (var in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name)), 1 << 16)) {
            return in.readAllBytes();
        } catch (IOException missing) {
            throw new UncheckedIOException("Fashion-MNIST is not in " + FOLDER + "; install dataset-fashion-mnist or set FASHION_MNIST", missing);
        }
    }
}
