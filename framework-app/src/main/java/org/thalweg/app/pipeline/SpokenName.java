package org.thalweg.app.pipeline;

import java.util.Locale;
import org.thalweg.api.plugin.Named;

/** What messages call a plugin's object: the name it knows of itself, or else its class, as {@code cross-entropy} for {@code CrossEntropy}. */
final class SpokenName {
    private SpokenName() {}

    /** The name it is registered under, or kebab-case; or the sort of thing it is where the class has no name of its own, as a lambda has none. */
    static String of(Object object, String sort) {
        if (object instanceof Named named) {
            return named.registeredName();
        }
        Class<?> type = object.getClass();
        if (type.isHidden() || type.isSynthetic() || type.isAnonymousClass()) {
            return sort;
        }
        return type.getSimpleName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
