package org.thalweg.data;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;

/**
 * Small real data sets that come with the framework, with the columns {@code input} and {@code target}. The file NOTICE.md beside them says
 * where they are from and under which licence.
 *
 * @param name which
 */
@Description("A small real data set that comes with the framework.")
public record Bundled(@Description("Which data set.") Name name) implements DataSource {

    /** The data sets. */
    public enum Name {
        /** 150 flowers: 4 measures in cm, 3 species (Fisher, 1936). */
        IRIS {
            @Override
            Dataset read() throws IOException {
                return labelled("iris.csv");
            }
        },
        /** 178 wines: 13 chemical measures, 3 cultivars. */
        WINE {
            @Override
            Dataset read() throws IOException {
                return labelled("wine_data.csv");
            }
        },
        /** 569 tumours: 30 measures of cell nuclei, malignant or benign. */
        BREAST_CANCER {
            @Override
            Dataset read() throws IOException {
                return labelled("breast_cancer.csv");
            }
        },
        /** 1,797 handwritten digits: 8 × 8 grey levels from 0 to 16. */
        DIGITS {
            @Override
            Dataset read() throws IOException {
                return images("digits.csv.gz");
            }
        },
        /** 442 patients: 10 measures, and the progression of the disease after one year as a number. */
        DIABETES {
            @Override
            Dataset read() throws IOException {
                return measured("diabetes_data_raw.csv.gz", "diabetes_target.csv.gz");
            }
        };

        abstract Dataset read() throws IOException;
    }

    @Override
    public Dataset open(DataContext context) throws IOException {
        return name.read();
    }

    /** The first line has the number of rows, that of features, and the class names; the class number ends each other line. */
    private static Dataset labelled(String resource) throws IOException {
        List<CsvRecord> lines = lines(resource, ",");
        List<String> first = lines.getFirst().getFields();
        List<CsvRecord> rows = lines.subList(1, lines.size());
        int features = Integer.parseInt(first.get(1));
        return InMemory.of(
                ColumnValues.numbers(Column.INPUT, Shape.of(features), numbers(rows, features)),
                ColumnValues.classes(Column.TARGET, first.subList(2, first.size()), classes(rows, features)));
    }

    private static Dataset images(String resource) throws IOException {
        List<CsvRecord> rows = lines(resource, ",");
        double[] grey = numbers(rows, 64);
        byte[] pixels = new byte[grey.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) grey[i];
        }
        List<String> digits = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        return InMemory.of(
                ColumnValues.unsignedBytes(Column.INPUT, Shape.of(8, 8), pixels),
                ColumnValues.classes(Column.TARGET, digits, classes(rows, 64)));
    }

    private static Dataset measured(String inputs, String targets) throws IOException {
        return InMemory.of(
                ColumnValues.numbers(Column.INPUT, Shape.of(10), numbers(lines(inputs, " "), 10)),
                ColumnValues.numbers(Column.TARGET, Shape.scalar(), numbers(lines(targets, " "), 1)));
    }

    private static double[] numbers(List<CsvRecord> rows, int columns) {
        return rows.stream()
                .flatMap(row -> row.getFields().subList(0, columns).stream())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static int[] classes(List<CsvRecord> rows, int column) {
        return rows.stream().mapToInt(row -> Integer.parseInt(row.getField(column))).toArray();
    }

    private static List<CsvRecord> lines(String resource, String delimiter) throws IOException {
        try (InputStream file = Bundled.class.getResourceAsStream("bundled/" + resource);
                InputStream in = resource.endsWith(".gz") ? new GZIPInputStream(file) : file;
                CsvReader<CsvRecord> reader = CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.stream().toList();
        }
    }
}
