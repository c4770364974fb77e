package org.thalweg.data;

import java.util.List;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * Decides at the end of the file what the texts of a target are.
 *
 * @param field the file's column
 * @param codes of its texts, row by row
 */
record CsvTarget(Csv settings, CsvField field, boolean decided, Values codes) {

    ColumnValues column() {
        List<String> texts = field.texts();
        List<String> names = settings.classes();
        int[] classOf;
        if (!names.isEmpty()) {
            classOf = named(texts, names);
        } else {
            long numeric = texts.stream().filter(CsvTarget::isNumber).count();
            if (!decided && numeric > 0) {
                throw undecided(texts);
            }
            if (numeric == texts.size()) {
                classOf = classNumbers(texts);
            } else {
                names = texts.stream().sorted().toList();
                classOf = texts.stream().mapToInt(names::indexOf).toArray();
            }
        }
        return ColumnValues.of(new Column(Column.TARGET, DType.INT32, Shape.scalar(), names), new Recoded(codes, classOf));
    }

    private int[] named(List<String> texts, List<String> names) {
        boolean numbersStand = names.stream().noneMatch(CsvTarget::isNumber);
        int[] classOf = new int[texts.size()];
        for (int code = 0; code < classOf.length; code++) {
            int byName = names.indexOf(texts.get(code));
            double number = numbersStand && byName < 0 ? Decimal.parse(texts.get(code)) : Double.NaN;
            if (byName < 0 && (!isClassNumber(number) || number >= names.size())) {
                throw field.problem(code, "is not among the classes " + names + "; correct it, or add it to classes");
            }
            classOf[code] = byName >= 0 ? byName : (int) number;
        }
        return classOf;
    }

    private DataException undecided(List<String> texts) {
        int code = 0;
        while (!isNumber(texts.get(code))) {
            code++;
        }
        String kind = texts.stream().allMatch(CsvTarget::isNumber) ? "numbers" : "texts and numbers";
        return field.problem(code, "is one of the target's " + kind + ", which may be classes or quantities; "
                + "set targetType to classes or to number");
    }

    private int[] classNumbers(List<String> texts) {
        int[] numbers = new int[texts.size()];
        for (int code = 0; code < numbers.length; code++) {
            double number = Decimal.parse(texts.get(code));
            if (!isClassNumber(number)) {
                throw field.problem(
                        code, "is not a class number 0, 1, 2 ...; list the values in classes, or set targetType to number");
            }
            numbers[code] = (int) number;
        }
        return numbers;
    }

    private static boolean isClassNumber(double number) {
        return number >= 0 && number == (int) number;
    }

    private static boolean isNumber(String text) {
        return !Double.isNaN(Decimal.parse(text));
    }
}
