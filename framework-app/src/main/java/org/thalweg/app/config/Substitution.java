package org.thalweg.app.config;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} and {@code ${NAME:-default}} by environment variables; {@code $${} stands for <code>${</code> itself. */
final class Substitution {
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\$\\{)|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|\\$\\{");

    /** How it is said that a variable lacks. */
    static final String NOT_SET = "the environment variable ";

    private final Map<String, String> environment;

    Substitution(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The text with its variables replaced; what cannot be replaced is reported and left as it is. */
    String apply(String text, Consumer<String> problems) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder replaced = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(value(matcher, problems)));
        }
        return matcher.appendTail(replaced).toString();
    }

    private String value(Matcher matcher, Consumer<String> problems) {
        if (matcher.group(1) != null) {
            return matcher.group(1);
        }
        String name = matcher.group(2);
        if (name == null) {
            problems.accept("a variable is written ${NAME} or ${NAME:-default}; for the characters themselves write $${");
            return matcher.group();
        }
        String fallback = matcher.group(3);
        String value = environment.get(name);
        if (fallback != null && (value == null || value.isEmpty())) {
            return fallback;
        }
        if (value == null) {
            problems.accept(NOT_SET + name + " is not set: set it, or write ${" + name + ":-default}");
            return matcher.group();
        }
        return value;
    }
}
