package org.thalweg.data;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Feature;

/** One column of the file: turns its texts into numbers. Each text of a class is kept once, however many rows have it. */
final class CsvField {
    /** How a missing class is coded. */
    static final int MISSING = -1;

    private final DataFile file;
    private final String place;
    private final Csv.Type type;
    private final boolean target;
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Long> firstLines = new ArrayList<>();

    /**
     * A column.
     *
     * @param place what errors call it
     * @param target whether it is the target, of which errors speak otherwise
     */
    CsvField(DataFile file, String place, Csv.Type type, boolean target) {
        this.file = file;
        this.place = place;
        this.type = type;
        this.target = target;
    }

    Csv.Type type() {
        return type;
    }

    String place() {
        return place;
    }

    /** The texts of a column of classes, in the order in which they first came: the text with code 0, with code 1 ... */
    List<String> texts() {
        return texts;
    }

    /** An error in the first line that has a text. */
    DataException problem(int code, String message) {
        return file.problem(firstLines.get(code), place + ": '" + texts.get(code) + "' " + message);
    }

    /** A text as a number: itself, the days since 1970-01-01, or the code of the text. */
    double number(char[] text, int from, int to, long line) {
        return switch (type) {
            case NUMBER -> {
                double number = Decimal.parse(text, from, to);
                if (Double.isNaN(number)) {
                    throw wrong(text, from, to, line, "a number", target
                            ? "set targetType to classes"
                            : "set its type in types, list the text in missing, or leave the column out");
                }
                yield number;
            }
            case DATE -> {
                try {
                    yield Feature.days(new String(text, from, to - from));
                } catch (DateTimeException e) {
                    throw wrong(text, from, to, line, "a date such as 2024-02-29 or 2024-02-29T12:30",
                            "change the column's type in types");
                }
            }
            case CLASS -> code(new String(text, from, to - from), line);
        };
    }

    private DataException wrong(char[] text, int from, int to, long line, String wanted, String remedy) {
        return file.problem(line, place + ": '" + new String(text, from, to - from) + "' is not " + wanted + "; correct it, or " + remedy);
    }

    private int code(String text, long line) {
        Integer known = codes.get(text);
        if (known == null) {
            known = texts.size();
            codes.put(text, known);
            texts.add(text);
            firstLines.add(line);
        }
        return known;
    }
}
