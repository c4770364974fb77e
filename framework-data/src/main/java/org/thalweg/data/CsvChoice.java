package org.thalweg.data;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.api.settings.Suggestion;

/**
 * Finds the columns of a file that settings choose: by name, by number counted from 1, or by a range of either, as {@code 2..5} or
 * {@code length..width}. A name is tried first, whatever it looks like.
 *
 * @param names of the columns; empty where the file has no header
 * @param width the number of columns
 */
record CsvChoice(DataFile file, List<String> names, int width) {
    private static final String RANGE = "..";

    /** One column, or more for a range. */
    int[] columns(String setting, String choice) {
        int dots = choice.indexOf(RANGE);
        if (dots < 0 || names.contains(choice)) {
            return new int[] {column(setting, choice)};
        }
        int first = column(setting, choice.substring(0, dots).strip());
        int last = column(setting, choice.substring(dots + RANGE.length()).strip());
        if (first > last) {
            throw file.problem("the range '" + choice + "' for " + setting + " ends before it starts; exchange its ends");
        }
        return IntStream.rangeClosed(first, last).toArray();
    }

    /** One column. */
    int column(String setting, String name) {
        int places = Collections.frequency(names, name);
        if (places > 1) {
            throw file.problem(places + " columns are called '" + name + "'; name the one for " + setting + " by its number, counted from 1");
        }
        if (places == 1) {
            return names.indexOf(name);
        }
        double number = Decimal.parse(name);
        if (number == Math.rint(number) && number >= 1 && number <= width) {
            return (int) number - 1;
        }
        String remedy = names.isEmpty() ? "use a number from 1 to " + width : Suggestion.forName(name, names);
        throw file.problem("there is no column '" + name + "' for " + setting + "; " + remedy);
    }

    /** The name of a column; empty where it has none, or another has it too. */
    String uniqueName(int column) {
        return names.isEmpty() || Collections.frequency(names, names.get(column)) > 1 ? "" : names.get(column);
    }

    /** What errors call a column. */
    String describe(int column) {
        return "column " + (column + 1) + (names.isEmpty() ? "" : " '" + names.get(column) + "'");
    }
}
