package org.thalweg.data;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Description;

/**
 * MNIST (LeCun, Cortes and Burges): 60,000 handwritten digits for training and 10,000 for testing, 28 × 28 grey levels from 0 to 255 each. The
 * column {@code input} is FLOAT32 [28, 28], {@code target} INT32 with the digits as class names.
 *
 * <p>The files are taken from {@code folder}, where it is given. Else they are looked for in the user's cache
 * ({@code $XDG_CACHE_HOME/thalweg/mnist}, or {@code ~/.cache/thalweg/mnist}), and then downloaded into it (10 MB for training, 2 MB for testing)
 * from the mirror that torchvision uses, and checked against the MD5 sums that torchvision has for the original files.
 *
 * @param part which images
 * @param folder with the files under their published names, gzipped or not
 */
@Description("MNIST: 28 x 28 grey images of handwritten digits; downloaded once, if it is not there.")
public record Mnist(
        @Description("The images for training (train) or for testing (test).") Part part,
        @Description("The folder of the files; found or downloaded if left out.") Optional<String> folder)
        implements DataSource {

    static final ImageArchive ARCHIVE = new ImageArchive(
            "mnist",
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            Map.of(
                    "train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873",
                    "train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432",
                    "t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3",
                    "t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"),
            IntStream.range(0, 10).mapToObj(Integer::toString).toList(),
            List.of(),
            "");

    @Override
    public Dataset open(DataContext context) throws IOException {
        return ARCHIVE.open(part, folder, context, ARCHIVE.cache(System.getenv()));
    }
}
