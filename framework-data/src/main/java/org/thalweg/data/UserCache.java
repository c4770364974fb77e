package org.thalweg.data;

import java.nio.file.Path;
import java.util.Map;

/** Where files of this user go that can be made again, as the XDG base directory specification wants it. */
final class UserCache {
    private UserCache() {}

    /**
     * A folder, which need not exist.
     *
     * @param environment the variables XDG_CACHE_HOME, which counts if it is an absolute path, and HOME
     */
    static Path folder(Map<String, String> environment, String name) {
        String given = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        Path caches = Path.of(given).isAbsolute() ? Path.of(given) : home.resolve(".cache");
        return caches.resolve("thalweg").resolve(name);
    }
}
