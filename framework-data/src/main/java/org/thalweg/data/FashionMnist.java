package org.thalweg.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Description;

/**
 * Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 60,000 images of clothes for training and 10,000 for testing, 28 × 28 grey levels from 0 to
 * 255 each, in 10 classes. The column {@code input} is FLOAT32 [28, 28], {@code target} INT32 with the published class names.
 *
 * <p>The files are taken from {@code folder}, where it is given. Else they are looked for in the user's cache
 * ({@code $XDG_CACHE_HOME/thalweg/fashion-mnist}, or {@code ~/.cache/thalweg/fashion-mnist}), then where Debian's package
 * {@code dataset-fashion-mnist} puts them, and at last downloaded into the cache (30 MB for training, 5 MB for testing) and checked against the
 * published MD5 sums.
 *
 * @param part which images
 * @param folder with the files under their published names, gzipped or not
 */
@Description("Fashion-MNIST: 28 x 28 grey images of clothes in 10 classes; downloaded once, if it is not there.")
public record FashionMnist(
        @Description("The images for training (train) or for testing (test).") Part part,
        @Description("The folder of the files; found or downloaded if left out.") Optional<String> folder)
        implements DataSource {

    static final ImageArchive ARCHIVE = new ImageArchive(
            "fashion-mnist",
            URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            Map.of(
                    "train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
                    "train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe",
                    "t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79",
                    "t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"),
            List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
            List.of(Path.of("/usr/share/datasets/fashion-mnist")),
            ", or install the Debian package dataset-fashion-mnist");

    @Override
    public Dataset open(DataContext context) throws IOException {
        return ARCHIVE.open(part, folder, context, ARCHIVE.cache(System.getenv()));
    }
}
