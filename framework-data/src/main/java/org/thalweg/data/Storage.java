package org.thalweg.data;

import java.nio.file.Path;

/**
 * Where the numbers of a data set are held.
 *
 * @param limit so many bytes of one data set are held in memory, and what is larger in files
 * @param folder for files that hold what another file has only packed or as text; see {@link Scratch}
 */
record Storage(long limit, Path folder) {
    /** No array is longer. */
    static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** Training takes memory too, and growing arrays are held twice for a moment. */
    private static final int SHARE = 8;

    /** Up to an eighth of the memory that Java may use is for one data set; files go to the user's cache. */
    static Storage standard() {
        Path folder = UserCache.folder(System.getenv(), "scratch");
        return new Storage(Math.min(Runtime.getRuntime().maxMemory() / SHARE, LONGEST_ARRAY), folder);
    }

    Storage withLimit(long bytes) {
        return new Storage(bytes, folder);
    }
}
