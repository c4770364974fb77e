package org.thalweg.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.tensor.Shape;

/** Gathers the targets of a file and decides at its end what they are. Each text is kept once, however many rows have it. */
final class CsvTarget {
    private final Csv settings;
    private final DataFile file;
    private final String place;
    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private final List<Long> firstLines = new ArrayList<>();
    private final IntStream.Builder coded = IntStream.builder();
    private final DoubleStream.Builder numbers = DoubleStream.builder();

    /** Targets in the column that errors call by {@code place}. */
    CsvTarget(Csv settings, DataFile file, String place) {
        this.settings = settings;
        this.file = file;
        this.place = place;
    }

    void add(String text, long line) {
        if (settings.targetType().orElse(null) == TargetType.NUMBER) {
            numbers.add(CsvRows.number(text).orElseThrow(() -> file.problem(line, place + ": '" + text
                    + "' is not a number; correct it, or set targetType to classes")));
            return;
        }
        Integer code = codes.putIfAbsent(text, codes.size());
        if (code == null) {
            firstLines.add(line);
            code = codes.size() - 1;
        }
        coded.add(code);
    }

    ColumnValues column() {
        if (settings.targetType().orElse(null) == TargetType.NUMBER) {
            return ColumnValues.numbers(Column.TARGET, Shape.scalar(), numbers.build().toArray());
        }
        List<String> texts = List.copyOf(codes.keySet());
        List<String> names = settings.classes();
        int[] classOf;
        if (!names.isEmpty()) {
            classOf = named(texts, names);
        } else {
            long numeric = texts.stream().filter(CsvTarget::isNumber).count();
            if (settings.targetType().isEmpty() && numeric > 0) {
                throw undecided(texts);
            }
            if (numeric == texts.size()) {
                classOf = texts.stream().mapToInt(this::classNumber).toArray();
            } else {
                names = texts.stream().sorted().toList();
                classOf = texts.stream().mapToInt(names::indexOf).toArray();
            }
        }
        int[] classes = coded.build().map(code -> classOf[code]).toArray();
        return names.isEmpty()
                ? ColumnValues.integers(Column.TARGET, Shape.scalar(), classes)
                : ColumnValues.classes(Column.TARGET, names, classes);
    }

    private int[] named(List<String> texts, List<String> names) {
        boolean numbersStand = names.stream().noneMatch(CsvTarget::isNumber);
        int[] classOf = new int[texts.size()];
        for (int code = 0; code < classOf.length; code++) {
            String text = texts.get(code);
            int byName = names.indexOf(text);
            OptionalDouble number = numbersStand && byName < 0 ? CsvRows.number(text) : OptionalDouble.empty();
            if (byName < 0 && (number.isEmpty() || !isClassNumber(number.getAsDouble()) || number.getAsDouble() >= names.size())) {
                throw file.problem(firstLines.get(code), place + ": '" + text + "' is not among the classes " + names
                        + "; correct it, or add it to classes");
            }
            classOf[code] = byName >= 0 ? byName : (int) number.getAsDouble();
        }
        return classOf;
    }

    private RuntimeException undecided(List<String> texts) {
        int code = 0;
        while (!isNumber(texts.get(code))) {
            code++;
        }
        String kind = texts.stream().allMatch(CsvTarget::isNumber) ? "numbers" : "texts and numbers";
        return file.problem(firstLines.get(code), place + ": the target has " + kind + " such as '" + texts.get(code)
                + "', which may be classes or quantities; set targetType to classes or to number");
    }

    private int classNumber(String text) {
        double number = CsvRows.number(text).orElseThrow();
        if (!isClassNumber(number)) {
            throw file.problem(firstLines.get(codes.get(text)), place + ": '" + text
                    + "' is not a class number 0, 1, 2 ...; list the values in classes, or set targetType to number");
        }
        return (int) number;
    }

    private static boolean isClassNumber(double number) {
        return number >= 0 && number == (int) number;
    }

    private static boolean isNumber(String text) {
        return CsvRows.number(text).isPresent();
    }
}
