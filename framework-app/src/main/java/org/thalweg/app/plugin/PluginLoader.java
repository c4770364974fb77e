package org.thalweg.app.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.api.plugin.Plugin;

/** Finds plugins through {@link ServiceLoader}: those of the application, and those in a folder of plugin folders. */
public final class PluginLoader {
    private static final String SERVICE_FILE = "META-INF/services/" + Plugin.class.getName();
    private static final String API_CLASS = Plugin.class.getName().replace('.', '/') + ".class";

    private final ClassLoader application;
    private final List<LoadedPlugin> plugins = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<URLClassLoader> loaders = new ArrayList<>();

    private PluginLoader(ClassLoader application) {
        this.application = application;
    }

    /**
     * Loads plugins.
     *
     * @param application the loader whose plugins count as built in
     * @param folder each folder in it is a plugin with its jars, each jar in it a plugin alone; or the jar of one plugin
     * @throws IOException where it cannot be read
     */
    public static PluginSet load(ClassLoader application, Optional<Path> folder) throws IOException {
        PluginLoader loader = new PluginLoader(application);
        loader.collect(application, null, "the class path or module path");
        if (folder.isPresent()) {
            loader.collectFrom(folder.get());
        }
        return new PluginSet(new PluginRegistry(loader.plugins), loader.problems, loader.loaders);
    }

    private void collectFrom(Path folder) throws IOException {
        if (Files.isRegularFile(folder) && !jarsOf(folder).isEmpty()) {
            collectFrom(folder, jarsOf(folder));
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException("the plugin folder " + folder + (Files.exists(folder) ? " is not a folder" : " does not exist")
                    + ": name a folder that holds one folder, or one jar, for each plugin, or the jar of one plugin");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                List<Path> jars = jarsOf(entry);
                if (!jars.isEmpty()) {
                    collectFrom(entry, jars);
                } else if (Files.isDirectory(entry)) {
                    problems.add("the plugin folder " + entry + " holds no jar: put the plugin's jar and its libraries there, or remove the folder");
                }
            }
        }
    }

    private static List<Path> jarsOf(Path entry) throws IOException {
        if (!Files.isDirectory(entry)) {
            return entry.toString().endsWith(".jar") ? List.of(entry) : List.of();
        }
        try (Stream<Path> files = Files.list(entry)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private void collectFrom(Path entry, List<Path> jars) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        String names = jars.stream().map(jar -> jar.getFileName().toString()).collect(Collectors.joining(", "));
        URLClassLoader loader = new URLClassLoader(
                "plugin " + entry.getFileName(), urls.toArray(URL[]::new), new FilteringClassLoader(application));
        loaders.add(loader);
        if (loader.findResource(API_CLASS) != null) {
            problems.add("the plugin " + entry + " bundles org.thalweg.api (in " + names
                    + "): the framework's own is used; give framework-api the scope 'provided' in the plugin's build");
        }
        if (loader.findResource(SERVICE_FILE) == null) {
            problems.add("the plugin " + entry + " has no " + SERVICE_FILE + " (in " + names + "): add that file with the name of the plugin's class");
            return;
        }
        collect(loader, loader, names);
    }

    /** Collects a loader's providers; one from another loader than the owner, where there is an owner, would be seen twice. */
    private void collect(ClassLoader loader, ClassLoader owner, String origin) {
        Iterator<ServiceLoader.Provider<Plugin>> providers =
                ServiceLoader.load(Plugin.class, loader).stream().iterator();
        // A provider that fails must not hide the ones after it; the iterator moves on past a failure, unless it cannot even list them.
        String previous = "";
        for (boolean more = true; more; ) {
            try {
                more = providers.hasNext();
                if (more) {
                    ServiceLoader.Provider<Plugin> provider = providers.next();
                    if (owner == null || provider.type().getClassLoader() == owner) {
                        plugins.add(LoadedPlugin.of(provider.get()));
                    }
                }
            } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                String reason = reason(e);
                more = !reason.equals(previous);
                previous = reason;
                if (more) {
                    problems.add("a plugin in " + origin + " cannot be created and was left out: " + reason + "; repair it or remove its jar");
                }
            }
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof ServiceConfigurationError error) {
            String message = error.getMessage().replace(Plugin.class.getName() + ": ", "");
            return error.getCause() == null ? message : message + ": " + PluginFailure.sentence(error.getCause());
        }
        return PluginFailure.sentence(failure);
    }
}
