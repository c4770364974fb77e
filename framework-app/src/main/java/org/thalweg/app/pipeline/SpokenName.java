package org.thalweg.app.pipeline;

import java.util.Locale;
import org.thalweg.autodiff.layer.spatial.SpatialLayer;

/** What messages call a plugin's object that nobody named: its class, as {@code cross-entropy} for {@code CrossEntropy}. */
final class SpokenName {
    private SpokenName() {}

    /** The kebab-case name, or the sort of thing it is where the class has no name of its own, as a lambda has none. */
    static String of(Object object, String sort) {
        if (object instanceof SpatialLayer spatial) {
            // One class serves conv1d, conv2d ...
            return spatial.name();
        }
        Class<?> type = object.getClass();
        if (type.isHidden() || type.isSynthetic() || type.isAnonymousClass()) {
            return sort;
        }
        return type.getSimpleName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
