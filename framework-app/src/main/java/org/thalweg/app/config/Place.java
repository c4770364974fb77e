package org.thalweg.app.config;

import java.util.Comparator;

/**
 * Where something stands.
 *
 * @param source a file, or an option such as {@code --set seed=7}
 * @param line from 1; 0 in an option
 * @param column from 1; 0 in an option
 */
public record Place(String source, int line, int column) implements Comparable<Place> {
    /** Places in files first, from top to bottom, then the options. */
    private static final Comparator<Place> ORDER = Comparator.comparing((Place place) -> place.line == 0)
            .thenComparing(place -> place.line == 0 ? "" : place.source)
            .thenComparingInt(Place::line)
            .thenComparingInt(Place::column);

    /** An option of the command line. */
    static Place option(String option) {
        return new Place(option, 0, 0);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** As in {@code run.yaml:3:9}. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
