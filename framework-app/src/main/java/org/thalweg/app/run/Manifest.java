package org.thalweg.app.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.app.plugin.PluginRegistry;

/**
 * What a run was made with, so that it can be told apart from another and done again.
 *
 * @param entries JSON values by name, in order
 */
public record Manifest(Map<String, Object> entries) {
    /** Keeps the order. */
    public Manifest {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The framework, its plugins, the seed and the machine. */
    public static Manifest of(String run, long seed, PluginRegistry registry) {
        Map<String, Object> plugins = new LinkedHashMap<>();
        registry.plugins().forEach((id, loaded) -> plugins.put(id, loaded.origin()));
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("run", run);
        entries.put("seed", seed);
        entries.put("thalweg", ThalwegVersion.current());
        entries.put("plugins", plugins);
        entries.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        entries.put("jvm", System.getProperty("java.vm.name"));
        entries.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        entries.put("processors", Runtime.getRuntime().availableProcessors());
        return new Manifest(entries);
    }

    /** This manifest with one more entry, such as the kernels that were chosen. */
    public Manifest with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(entries);
        more.put(name, value);
        return new Manifest(more);
    }
}
