package org.thalweg.api.data;

import java.io.IOException;
import org.thalweg.api.plugin.Stable;

/** Where data comes from; usually a record of settings. */
@Stable
public interface DataSource {
    /**
     * Opens the data.
     *
     * @param context resolves the file names of the settings
     * @throws DataException where the data is not what it says; the message names the file and the place
     */
    Dataset open(DataContext context) throws IOException;
}
