package org.thalweg.app.plugin;

import java.util.Locale;

/** The form of plugin ids and names: {@code cosine-annealing}. */
final class KebabCase {
    private static final String FORM = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    private KebabCase() {}

    static boolean matches(String name) {
        return name != null && name.matches(FORM);
    }

    /** What to call it instead. */
    static String remedy(String name) {
        String better = name == null ? "" : name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
        return better.matches(FORM) ? "call it '" + better + "'" : "use small letters, digits and single hyphens";
    }
}
