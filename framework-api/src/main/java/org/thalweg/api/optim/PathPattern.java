package org.thalweg.api.optim;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thalweg.api.plugin.Stable;

/** A pattern of parameters' paths, in which * stands for any characters and every other one for itself: {@code *.bias}, {@code encoder.*}. */
@Stable
public final class PathPattern {
    private final String text;
    private final Pattern pattern;

    private PathPattern(String text) {
        this.text = text;
        this.pattern = Pattern.compile(Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** The pattern that a text describes. */
    public static PathPattern of(String text) {
        return new PathPattern(text);
    }

    /** Whether the whole path is as the pattern says. */
    public boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
