package org.thalweg.app.plugin;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.thalweg.api.plugin.Plugin;

/**
 * A plugin and where it came from.
 *
 * @param plugin ready to register
 * @param origin the jar or folder, for messages
 */
public record LoadedPlugin(Plugin plugin, String origin) {
    /** A plugin whose origin is read from its class. */
    public static LoadedPlugin of(Plugin plugin) {
        return new LoadedPlugin(plugin, originOf(plugin.getClass()));
    }

    /** The name of the jar that a class is in, or the path of its folder. */
    static String originOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "an unknown place";
        }
        if (!source.getLocation().getProtocol().equals("file")) {
            return source.getLocation().toString();
        }
        Path path = Path.of(URI.create(source.getLocation().toString()));
        return Files.isDirectory(path) ? path.toString() : path.getFileName().toString();
    }
}
