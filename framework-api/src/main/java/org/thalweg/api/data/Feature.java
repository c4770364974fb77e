package org.thalweg.api.data;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.thalweg.api.plugin.Stable;

/**
 * One feature of a column that came from texts: what a data source tells of it, so that rows that come later are read as those of the training data
 * were. A category of C is C numbers, 1 at its place and 0 elsewhere; everything else is one number.
 *
 * @param name of the feature; empty where the source has none, or several of one name
 * @param kind what its texts are
 * @param categories the names of the categories, in order
 * @param missing texts that stand for a missing value, besides an empty one
 * @param mayBeMissing whether a missing value is NaN, for a transform to fill, and not an error
 */
@Stable
public record Feature(String name, Kind kind, List<String> categories, List<String> missing, boolean mayBeMissing) {
    private static final String NUMBER = "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?";
    private static final String WHOLE_NUMBER = "-?[0-9]{1,9}";
    private static final LocalDateTime ORIGIN = LocalDate.EPOCH.atStartOfDay();
    private static final double SECONDS_OF_A_DAY = 86_400;

    /** What the texts of a feature are. */
    public enum Kind {
        /** Decimal numbers. */
        NUMBER,
        /** Names of categories. */
        CATEGORY,
        /** Names of categories, which become the numbers of their places; whole numbers stand for themselves where no name is a number. */
        CLASS_NUMBER,
        /** Dates, which become days since 1970-01-01. */
        DATE
    }

    /** Copies the lists. */
    public Feature {
        categories = List.copyOf(categories);
        missing = List.copyOf(missing);
    }

    /** A number that must be there. */
    public static Feature number(String name) {
        return new Feature(name, Kind.NUMBER, List.of(), List.of(), false);
    }

    /** How many numbers it becomes. */
    public int width() {
        return kind == Kind.CATEGORY ? categories.size() : 1;
    }

    /**
     * Turns a text into numbers.
     *
     * @param text spaces around it do not count
     * @param row receives them
     * @param at from this position on
     * @throws DataException where it is not what the feature's texts are; the message goes on after the name of the place, as "is 'x', which ..."
     */
    public void encode(String text, double[] row, int at) {
        String value = text.strip();
        if (value.isEmpty() || missing.contains(value)) {
            if (!mayBeMissing) {
                throw new DataException((value.isEmpty() ? "is empty" : "is '" + value + "', which stands for a missing value")
                        + ", but the training data had no missing values there; fill it in, or leave the row out");
            }
            Arrays.fill(row, at, at + width(), Double.NaN);
            return;
        }
        switch (kind) {
            case NUMBER -> {
                if (!value.matches(NUMBER)) {
                    throw wrong(value, "which is no number");
                }
                row[at] = Double.parseDouble(value);
            }
            case DATE -> {
                try {
                    row[at] = days(value);
                } catch (DateTimeException e) {
                    throw wrong(value, "which is no date such as 2024-02-29 or 2024-02-29T12:30");
                }
            }
            case CATEGORY -> {
                int category = category(value);
                Arrays.fill(row, at, at + width(), 0);
                row[at + category] = 1;
            }
            case CLASS_NUMBER -> row[at] = classNumber(value);
        }
    }

    private int category(String value) {
        int category = categories.indexOf(value);
        if (category < 0) {
            throw wrong(value, "which is none of the training data's categories " + categories);
        }
        return category;
    }

    private int classNumber(String value) {
        if (value.matches(WHOLE_NUMBER) && categories.stream().noneMatch(name -> name.matches(NUMBER))) {
            int number = Integer.parseInt(value);
            if (categories.isEmpty() || number >= 0 && number < categories.size()) {
                return number;
            }
        }
        if (categories.isEmpty()) {
            throw wrong(value, "which is no whole number");
        }
        return category(value);
    }

    private static DataException wrong(String value, String why) {
        return new DataException("is '" + value + "', " + why + "; correct it, or leave the row out");
    }

    /**
     * The days since 1970-01-01 of a date in ISO 8601; a time of day is a fraction of the day, and a zone's offset is taken away.
     *
     * @throws DateTimeException where it is no such date
     */
    public static double days(String text) {
        if (text.length() <= 10) {
            return LocalDate.parse(text).toEpochDay();
        }
        String time = text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
        boolean zoned = time.endsWith("Z") || time.indexOf('+', 10) > 0 || time.indexOf('-', 10) > 0;
        LocalDateTime moment = zoned
                ? OffsetDateTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : LocalDateTime.parse(time);
        Duration since = Duration.between(ORIGIN, moment);
        return (since.getSeconds() + since.getNano() / 1e9) / SECONDS_OF_A_DAY;
    }
}
