package org.thalweg.api.data;

import java.nio.file.Path;
import org.thalweg.api.plugin.Stable;

/**
 * Where a data source is opened.
 *
 * @param folder the folder that relative file names start from: the folder of the configuration file
 */
@Stable
public record DataContext(Path folder) {
    /** A file named in the settings: absolute, or relative to the folder. */
    public Path resolve(String file) {
        return folder.resolve(file);
    }
}
