package org.thalweg.app.plugin;

import java.lang.reflect.InvocationTargetException;

/** Says in a sentence what a plugin's exception means. */
final class PluginFailure {
    private PluginFailure() {}

    static String sentence(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && (cause instanceof InvocationTargetException || cause instanceof ExceptionInInitializerError)) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case UnsupportedClassVersionError e -> "it was compiled for a newer Java than " + Runtime.version().feature()
                    + ": run the framework on that Java, or compile the plugin for this one";
            case NoClassDefFoundError e -> "it needs the class " + name(e) + ", which is not there: put its jar next to the plugin's";
            case NoSuchMethodError e -> incompatible(e);
            case NoSuchFieldError e -> incompatible(e);
            case AbstractMethodError e -> incompatible(e);
            case LinkageError e -> e.toString();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        };
    }

    private static String name(NoClassDefFoundError e) {
        return String.valueOf(e.getMessage()).replace('/', '.');
    }

    private static String incompatible(LinkageError e) {
        return "it was compiled against another version of the API (" + e.getMessage() + "): compile it against this one";
    }
}
