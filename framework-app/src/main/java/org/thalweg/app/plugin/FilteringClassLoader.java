package org.thalweg.app.plugin;

import java.util.List;

/**
 * What plugins in a folder see of the host: the platform, the API and slf4j. They bring every other library themselves, so two plugins
 * may use two versions of one library, and none depends on what the framework happens to use.
 */
final class FilteringClassLoader extends ClassLoader {
    private static final List<String> SHARED = List.of("org.thalweg.api.", "org.slf4j.");

    private final ClassLoader host;

    FilteringClassLoader(ClassLoader host) {
        // Resources come from the platform alone: the host's service files would make its own plugins appear once more.
        super("host-api", ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return host.loadClass(name);
        }
        Class<?> found = getParent().loadClass(name);
        // On the module path the platform's loader also finds what the application's modules hold.
        if (found.getClassLoader() != null && found.getClassLoader() != getParent()) {
            throw new ClassNotFoundException(name);
        }
        return found;
    }
}
