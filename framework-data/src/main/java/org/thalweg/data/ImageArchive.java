package org.thalweg.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;

/**
 * A published data set of images and labels in four gzipped IDX files, named as those of MNIST.
 *
 * @param name as it is registered; also that of its folder in the user's cache
 * @param source the folder to download from; ends with a slash
 * @param checksums the MD5 sum of each of the four files
 * @param classes the names of the labels
 * @param installed folders where the system's packages put the files
 * @param remedy what to do if they cannot be downloaded, after "; or "
 */
record ImageArchive(
        String name, URI source, Map<String, String> checksums, List<String> classes, List<Path> installed, String remedy) {

    /** The files of a part. */
    private record Pair(Path images, Path labels) {}

    /**
     * Opens a part, from the folder that settings name or else from where the files are found or downloaded to.
     *
     * @param folder that settings name
     * @param cache of this data set
     */
    Dataset open(Part part, Optional<String> folder, DataContext context, Path cache) throws IOException {
        String images = part.prefix() + "-images-idx3-ubyte.gz";
        String labels = part.prefix() + "-labels-idx1-ubyte.gz";
        Pair files;
        if (folder.isPresent()) {
            Path given = context.resolve(folder.get()).toAbsolutePath().normalize();
            files = in(given, images, labels).orElseThrow(() -> new DataException(given + ": the files " + images + " and " + labels
                    + " (or the same without .gz) are not both in this folder; put them there, or leave folder out to have them downloaded"));
        } else {
            List<Path> folders = new ArrayList<>(List.of(cache));
            folders.addAll(installed);
            Optional<Pair> found = folders.stream().flatMap(place -> in(place, images, labels).stream()).findFirst();
            files = found.isPresent() ? found.get() : downloaded(cache, images, labels);
        }
        return Idx.read(new DataFile(files.images), Optional.of(new DataFile(files.labels)), classes);
    }

    private static Optional<Pair> in(Path folder, String images, String labels) {
        return file(folder, images).flatMap(i -> file(folder, labels).map(l -> new Pair(i, l)));
    }

    private static Optional<Path> file(Path folder, String name) {
        Path gzipped = folder.resolve(name);
        Path plain = folder.resolve(name.substring(0, name.length() - ".gz".length()));
        return List.of(gzipped, plain).stream().filter(Files::isRegularFile).findFirst();
    }

    private Pair downloaded(Path cache, String images, String labels) throws IOException {
        for (String file : List.of(images, labels)) {
            if (!Files.isRegularFile(cache.resolve(file))) {
                try {
                    new Download(source.resolve(file), cache.resolve(file), Optional.of(checksums.get(file))).run();
                } catch (DataException e) {
                    throw new DataException(e.getMessage() + "; or get " + images + " and " + labels + " another way and set folder to where "
                            + "they are" + remedy, e);
                }
            }
        }
        return new Pair(cache.resolve(images), cache.resolve(labels));
    }

    /** The cache of this data set; see {@link UserCache}. */
    Path cache(Map<String, String> environment) {
        return UserCache.folder(environment, name);
    }
}
