package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class CsvTest {
    private static final String FLOWERS = "length,width,species\n5.1,3.5,virginica\n4.9,-3e-1,setosa\n6,.5,virginica\n";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("data.csv");
    }

    @Test
    @DisplayName("all columns but the target are features, and texts are classes in sorted order")
    void features() throws IOException {
        Dataset data = open(FLOWERS, "target", "species");
        assertEquals(3, data.size());
        assertEquals(
                List.of(new Column("input", DType.FLOAT64, Shape.of(2)),
                        new Column("target", DType.INT32, Shape.scalar(), List.of("setosa", "virginica"))),
                data.schema().columns());
        assertArrayEquals(new double[] {5.1, 3.5, 4.9, -0.3, 6, 0.5}, Reading.doubles(data, "input"));
        assertArrayEquals(new int[] {1, 0, 1}, Reading.ints(data, "target"));
    }

    @Test
    @DisplayName("features are the named columns, in the order in which they are named, by name or number")
    void namedFeatures() throws IOException {
        Dataset data = open("a,b,c,y\n1,x,3,4\n5,y,7,8\n", "features", List.of("c", "1"), "target", "y", "targetType", "number");
        assertArrayEquals(new double[] {3, 1, 7, 5}, Reading.doubles(data, "input"));
        assertArrayEquals(new double[] {4, 8}, Reading.doubles(data, "target"));
    }

    @Test
    @DisplayName("a column whose name is a number is found by name first")
    void numericNames() throws IOException {
        Dataset data = open("2,1\n10,20\n", "target", "1", "targetType", "number");
        assertArrayEquals(new double[] {20}, Reading.doubles(data, "target"));
    }

    @Test
    @DisplayName("without a header, columns are numbered from 1")
    void withoutHeader() throws IOException {
        Dataset data = open("1,2,b\n3,4,a\n", "header", false, "target", 3);
        assertArrayEquals(new double[] {1, 2, 3, 4}, Reading.doubles(data, "input"));
        assertArrayEquals(new int[] {1, 0}, Reading.ints(data, "target"));
    }

    @Test
    @DisplayName("without a target there is only the input")
    void withoutTarget() throws IOException {
        Dataset data = open("a,b\n1,2\n");
        assertEquals(List.of("input"), data.schema().names());
    }

    @Test
    @DisplayName("the delimiter may be any character, also a tab")
    void delimiter() throws IOException {
        assertArrayEquals(new double[] {1, 2}, Reading.doubles(open("a\tb\n1\t2\n", "delimiter", "\t"), "input"));
        assertArrayEquals(new double[] {1, 2}, Reading.doubles(open("a;b\n1;2\n", "delimiter", ";"), "input"));
    }

    @Test
    @DisplayName("gzip is recognised by its content")
    void gzip() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(FLOWERS.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(3, openFile("target", "species").size());
    }

    @Test
    @DisplayName("quotes, spaces around values, empty lines, Windows line ends and a byte order mark are understood")
    void dialects() throws IOException {
        Dataset data = open("\ufeffa,\"the \"\"b\"\", quoted\",y\r\n\r\n 1 ,\"2\",\"x,y\"\r\n3,4,z", "target", "y", "features",
                List.of("a", "the \"b\", quoted"));
        assertArrayEquals(new double[] {1, 2, 3, 4}, Reading.doubles(data, "input"));
        assertEquals(List.of("x,y", "z"), data.schema().column("target").categories());
    }

    @Test
    @DisplayName("whole numbers are class numbers as they stand, if the target is said to be classes")
    void numberedClasses() throws IOException {
        Dataset data = open("x,y\n1,0\n1,10\n1,2.0\n", "target", "y", "targetType", "classes");
        assertEquals(new Column("target", DType.INT32, Shape.scalar()), data.schema().column("target"));
        assertArrayEquals(new int[] {0, 10, 2}, Reading.ints(data, "target"));
    }

    @Test
    @DisplayName("listed classes are numbered by their place in the list, whether or not all occur")
    void listedClasses() throws IOException {
        Dataset data = open("x,y\n1,dog\n1,bird\n", "target", "y", "classes", List.of("dog", "cat", "bird"));
        assertEquals(List.of("dog", "cat", "bird"), data.schema().column("target").categories());
        assertArrayEquals(new int[] {0, 2}, Reading.ints(data, "target"));
    }

    @Test
    @DisplayName("listed classes name class numbers, or are themselves the numbers in the file")
    void listedNumbers() throws IOException {
        Dataset named = open("x,y\n1,1\n1,0\n", "target", "y", "classes", List.of("no", "yes"));
        assertArrayEquals(new int[] {1, 0}, Reading.ints(named, "target"));
        Dataset renumbered = open("x,y\n1,1\n1,-1\n", "target", "y", "classes", List.of("-1", "1"));
        assertArrayEquals(new int[] {1, 0}, Reading.ints(renumbered, "target"));
    }

    @Test
    @DisplayName("texts and numbers together are classes, if they are said to be")
    void mixedClasses() throws IOException {
        Dataset data = open("x,y\n1,b\n1,3\n", "target", "y", "targetType", "classes");
        assertEquals(List.of("3", "b"), data.schema().column("target").categories());
    }

    @Test
    @DisplayName("a target of numbers must be said to be classes or numbers")
    void undecidedTarget() {
        assertMessage("FILE:2: column 2 'y': '0' is one of the target's numbers, which may be classes or quantities; "
                + "set targetType to classes or to number", "x,y\n1,0\n1,1\n", "target", "y");
        assertMessage("FILE:3: column 2 'y': '7' is one of the target's texts and numbers, which may be classes or quantities; "
                + "set targetType to classes or to number", "x,y\n1,?\n1,7\n", "target", "y");
    }

    @Test
    @DisplayName("a class that is not listed is an error with line, column and value")
    void unlistedClass() {
        assertMessage("FILE:3: column 2 'y': 'cow' is not among the classes [dog, cat]; correct it, or add it to classes",
                "x,y\n1,dog\n1,cow\n", "target", "y", "classes", List.of("dog", "cat"));
        assertMessage("FILE:2: column 2 'y': '2' is not among the classes [dog, cat]; correct it, or add it to classes",
                "x,y\n1,2\n", "target", "y", "classes", List.of("dog", "cat"));
        assertMessage("FILE:2: column 2 'y': '0' is not among the classes [1, 2]; correct it, or add it to classes",
                "x,y\n1,0\n", "target", "y", "classes", List.of("1", "2"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a number that is no class number is an error with line, column and value")
    @ValueSource(strings = {"-1", "0.5", "1e12"})
    void noClassNumber(String text) {
        assertMessage("FILE:3: column 2 'y': '" + text + "' is not a class number 0, 1, 2 ...; list the values in classes, or set targetType to "
                + "number", "x,y\n1,0\n1," + text + "\n", "target", "y", "targetType", "classes");
    }

    @Test
    @DisplayName("a text among targets that are numbers is an error with line, column and value")
    void textAsNumber() {
        assertMessage("FILE:3: column 2 'y': 'high' is not a number; correct it, or set targetType to classes",
                "x,y\n1,0.5\n1,high\n", "target", "y", "targetType", "number");
    }

    @Test
    @DisplayName("a row with more or fewer values is an error with its line")
    void raggedRow() {
        assertMessage("FILE:3: the numbers of values in this row and in the first line differ, 1 and 2; correct the row, "
                + "and check that the delimiter is ','",
                "a,b\n1,2\n3\n");
        assertMessage("FILE:4: the numbers of values in this row and in the first line differ, 3 and 2; correct the row, "
                + "and check that the delimiter is ','",
                "a,b\n1,2\n\n3,4,5\n");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a feature that is not a finite decimal number is an error with line, column and value")
    @ValueSource(strings = {"abc", "NaN", "Infinity", "1d", "0x1p3", "1e999", "1.2.3", "-", "NA"})
    void notANumber(String text) {
        assertMessage("FILE:3: column 2 'b': '" + text + "' is not a number; correct it, or set its type in types, list the text in "
                + "missing, or leave the column out",
                "a,b\n1,2\n3," + text + "\n");
    }

    @Test
    @DisplayName("a missing value is an error with line and column, in features and in targets")
    void missingValue() {
        assertMessage("FILE:2: column 1: the value is missing; fill it in, remove the row, or set whenMissing to nan", "1,2\n ,4\n", "header", false);
        assertMessage("FILE:2: column 2 'b': the value is missing; fill it in, or remove the row", "a,b\n1,\n", "target", "b");
    }

    @Test
    @DisplayName("a column that does not exist is an error with the nearest name")
    void noSuchColumn() {
        assertMessage("FILE: there is no column 'specie' for target; did you mean 'species'; available: length, species, width",
                FLOWERS, "target", "specie");
        assertMessage("FILE: there is no column '0' for features; use a number from 1 to 2", "1,2\n", "header", false, "features", List.of("0"));
    }

    @Test
    @DisplayName("a name that two columns share is an error with the remedy")
    void sharedName() {
        assertMessage("FILE: 2 columns are called 'a'; name the one for target by its number, counted from 1", "a,a\n1,2\n", "target", "a");
    }

    @Test
    @DisplayName("a column that is a feature twice, or feature and target, is an error")
    void usedTwice() {
        assertMessage("FILE: column 1 'a' is the target and also among the features; take it out of features",
                "a,b\n1,2\n", "target", "a", "features", List.of("a", "b"));
        assertMessage("FILE: column 1 'a' is twice among the features; take it out of features", "a,b\n1,2\n", "features", List.of("a", "1"));
    }

    @Test
    @DisplayName("a file without rows is an error")
    void noRows() {
        assertMessage("FILE: there is no row of values after the header; add rows, or set header to false where the first line has values",
                "a,b\n");
        assertMessage("FILE: the file has no rows; add some", "", "header", false);
    }

    @Test
    @DisplayName("a file with nothing but the target is an error that points to the delimiter")
    void noFeatures() {
        assertMessage("FILE: no column is left for the features; check that the delimiter is ','", "a;b\n1;2\n", "target", "1");
    }

    @Test
    @DisplayName("quotes that do not match are an error with the line")
    void unmatchedQuotes() {
        Exception e = assertThrows(DataException.class, () -> open("a,b\n1,2\n3,\"4\n"));
        assertEquals(file + ": the quotes do not match: Unclosed quoted field at end of input (record starting at line 3); "
                + "correct the line, or set another delimiter", e.getMessage());
    }

    @Test
    @DisplayName("bytes that are not UTF-8 are an error")
    void notUtf8() throws IOException {
        Files.write(file, "a,größe\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
        Exception e = assertThrows(DataException.class, () -> openFile());
        assertEquals(file + ": this is not UTF-8 text; convert the file, or check that it is the right one", e.getMessage());
    }

    @Test
    @DisplayName("a missing file is an error with the absolute path that was tried")
    void missingFile() {
        Exception e = assertThrows(DataException.class, () -> openFile());
        assertEquals("there is no file " + file.toAbsolutePath() + "; a relative name starts from the folder of the configuration file",
                e.getMessage());
    }

    @Test
    @DisplayName("gzip data that is cut short is an error")
    void damagedGzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(FLOWERS.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20));
        Exception e = assertThrows(DataException.class, () -> openFile());
        assertEquals(file + ": the gzip data is damaged or cut short; get the file again", e.getMessage());
    }

    @Test
    @DisplayName("a file without the permission to read it is an error")
    void forbiddenFile() throws IOException {
        Files.writeString(file, FLOWERS);
        Files.setPosixFilePermissions(file, Set.of());
        assumeFalse(Files.isReadable(file), "the superuser may read every file");
        Exception e = assertThrows(DataException.class, () -> openFile());
        assertEquals(file + ": you are not allowed to read this file; change its permissions", e.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a delimiter must be one character that is no quote")
    @CsvSource({"'||'", "''", "'\"'"})
    void wrongDelimiter(String delimiter) {
        Exception e = assertThrows(
                SettingsException.class, () -> Settings.of(Csv.class, Map.of("file", "x", "delimiter", delimiter)));
        assertEquals("delimiter must be one character other than a quote or a line end, but is '" + delimiter + "'", e.getMessage());
    }

    @Test
    @DisplayName("classes without a target of classes are a problem of the settings")
    void pointlessClasses() {
        Exception e = assertThrows(
                SettingsException.class, () -> Settings.of(Csv.class, Map.of("file", "x", "classes", List.of("a"))));
        assertEquals("classes names the classes of the target, but there is no target; set target, or leave classes out", e.getMessage());
        e = assertThrows(SettingsException.class, () -> Settings.of(
                Csv.class, Map.of("file", "x", "target", "y", "targetType", "number", "classes", List.of("a"))));
        assertEquals(
                "classes names the classes of the target, but targetType is number; set it to classes, or leave classes out", e.getMessage());
    }

    @Test
    @DisplayName("ranges of names or numbers choose columns, and a name with dots in it is a name")
    void ranges() throws IOException {
        String content = "a,b,c,d,a..b\n1,2,3,4,5\n";
        assertArrayEquals(new double[] {2, 3, 4}, Reading.doubles(open(content, "features", List.of("b..d")), "input"));
        assertArrayEquals(new double[] {3, 4, 1}, Reading.doubles(open(content, "features", List.of("3..4", "a")), "input"));
        assertArrayEquals(new double[] {5}, Reading.doubles(open(content, "features", List.of("a..b")), "input"));
        assertMessage("FILE: the range 'd..b' for features ends before it starts; exchange its ends", content, "features", List.of("d..b"));
        assertMessage("FILE: there is no column 'e' for features; did you mean 'a'; available: a, a..b, b, c, d", content, "features", List.of("b..e"));
    }

    @Test
    @DisplayName("a class among the features becomes one number a category, sorted, as numbers if all are")
    void oneHot() throws IOException {
        Dataset data = open("x,size,n\n1,small,10\n2,large,9\n3,medium,10\n", "types", Map.of("size", "class", "n", "class"));
        assertEquals(new Column("input", DType.FLOAT64, Shape.of(6)), data.schema().column("input"));
        assertArrayEquals(
                new double[] {1, 0, 0, 1, 0, 1, 2, 1, 0, 0, 1, 0, 3, 0, 1, 0, 0, 1}, Reading.doubles(data, "input"));
    }

    @Test
    @DisplayName("listed categories have the order of the list, whether or not all occur")
    void categories() throws IOException {
        Dataset data = open("size\nL\nS\n", "categories", Map.of("size", List.of("S", "M", "L")));
        assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0}, Reading.doubles(data, "input"));
        assertMessage("FILE:3: column 1 'size': 'XL' is not among the categories [S, M, L]; correct it, or add it to categories",
                "size\nL\nXL\n", "categories", Map.of("size", List.of("S", "M", "L")));
        assertMessage("FILE: column 1 'size' has categories, but is no class; set its type in types to class",
                "size\nL\n", "categories", Map.of("size", List.of("L")), "types", Map.of("1", "number"));
    }

    @Test
    @DisplayName("dates become days since 1970, with a fraction for the time of day, in UTC")
    void dates() throws IOException {
        Dataset data = open(
                "d\n1970-01-02\n2024-02-29\n1970-01-01T12:00\n1970-01-01 06:00:00\n1970-01-01T01:00:00+01:00\n1969-12-31T12:00Z\n",
                "types", Map.of("d", "date"));
        assertArrayEquals(new double[] {1, 19782, 0.5, 0.25, 0, -0.5}, Reading.doubles(data, "input"));
        assertMessage("FILE:2: column 1 'd': '2023-02-29' is not a date such as 2024-02-29 or 2024-02-29T12:30; correct it, or change the "
                + "column's type in types", "d\n2023-02-29\n", "types", Map.of("d", "date"));
    }

    @Test
    @DisplayName("a target can be a date, or be given its type with the others")
    void targetTypes() throws IOException {
        String content = "x,y\n1,1970-01-03\n";
        assertArrayEquals(new double[] {2}, Reading.doubles(open(content, "target", "y", "types", Map.of("y", "date")), "target"));
        assertArrayEquals(new int[] {1}, Reading.ints(open("x,y\n1,1\n", "target", "y", "types", Map.of("y", "class")), "target"));
        assertMessage("FILE: types and targetType both say what column 2 'y' is; leave one of them out",
                content, "target", "y", "targetType", "number", "types", Map.of("y", "date"));
        assertMessage("FILE: classes names the classes of column 2 'y', which is a number; leave classes out",
                content, "target", "y", "classes", List.of("a"), "types", Map.of("y", "date"));
        assertMessage("FILE: column 2 'y' is the target, whose categories stand in classes; move them there",
                content, "target", "y", "categories", Map.of("y", List.of("a")));
    }

    @Test
    @DisplayName("missing numbers, dates and classes are NaN where that is asked for")
    void missingAsNan() throws IOException {
        Dataset data = open("a,b,c,y\n1,NA,u,0\n,1970-01-02,-999,1\n-999,?,v,0\n", "target", "y", "targetType", "number",
                "missing", List.of("NA", " ? ", "-999"), "whenMissing", "nan", "types", Map.of("b", "date", "c", "class"));
        double nan = Double.NaN;
        assertArrayEquals(new double[] {1, nan, 1, 0, nan, 1, nan, nan, nan, nan, 0, 1}, Reading.doubles(data, "input"));
        assertArrayEquals(new double[] {0, 1, 0}, Reading.doubles(data, "target"));
    }

    @Test
    @DisplayName("a missing value is an error unless NaN is asked for, and always in targets and class numbers")
    void missingIsAnError() {
        assertMessage("FILE:2: column 2 'b': the value is missing; fill it in, remove the row, or set whenMissing to nan",
                "a,b\n1,NA\n", "missing", List.of("NA"));
        assertMessage("FILE:2: column 2 'b': the value is missing; fill it in, or remove the row",
                "a,b\n1,NA\n", "missing", List.of("NA"), "whenMissing", "nan", "target", "b");
        assertMessage("FILE:2: column 2 'b': the value is missing; fill it in, or remove the row",
                "a,b\n1,\n", "whenMissing", "nan", "columns", Map.of("kind", List.of("b")), "types", Map.of("b", "class"));
    }

    @Test
    @DisplayName("further columns hold several numbers, or the class numbers of one column")
    void furtherColumns() throws IOException {
        Dataset data = open("a,b,c,kind\n1,2,3,u\n4,5,6,t\n", "types", Map.of("kind", "class"),
                "columns", Map.of("anchor", List.of("c", "a"), "kind", List.of("kind")));
        assertEquals(Shape.of(1), data.schema().column("input").shape());
        assertArrayEquals(new double[] {2, 5}, Reading.doubles(data, "input"));
        assertArrayEquals(new double[] {3, 1, 6, 4}, Reading.doubles(data, "anchor"));
        assertEquals(new Column("kind", DType.INT32, Shape.scalar(), List.of("t", "u")), data.schema().column("kind"));
        assertArrayEquals(new int[] {1, 0}, Reading.ints(data, "kind"));
    }

    @Test
    @DisplayName("a column of the file may serve in several columns, and the target may have several numbers")
    void sharedColumns() throws IOException {
        Dataset data = open("a,b\n1,2\n3,4\n", "features", List.of("a", "b"), "columns", Map.of("target", List.of("b", "a")));
        assertArrayEquals(new double[] {1, 2, 3, 4}, Reading.doubles(data, "input"));
        assertArrayEquals(new double[] {2, 1, 4, 3}, Reading.doubles(data, "target"));
        assertEquals(List.of("pair"), open("a,b\n1,2\n", "columns", Map.of("pair", List.of("1..2"))).schema().names());
    }

    @Test
    @DisplayName("images whose pixels are columns have a shape")
    void shape() throws IOException {
        Dataset data = open("y,1,2,3,4\n0,0,255,7,8\n", "target", "y", "targetType", "classes", "shape", List.of(2, 2));
        assertEquals(Shape.of(2, 2), data.schema().column("input").shape());
        assertArrayEquals(new float[] {0, 255, 7, 8}, Reading.floats(data, "input"));
        assertMessage("FILE: shape [3, 2] has 6 numbers, but the features are 2; change shape or features",
                "a,b\n1,2\n", "shape", List.of(3, 2));
    }

    @Test
    @DisplayName("numbers stay exact however compactly they are held, and are rounded only where that is asked for")
    void precision() throws IOException {
        String content = "a\n0\n255\n0.5\n-0.0\n256\n0.1\n1e300\n";
        assertArrayEquals(new double[] {0, 255, 0.5, -0.0, 256, 0.1, 1e300}, Reading.doubles(open(content), "input"));
        Dataset single = open("a\n0.1\n", "singlePrecision", true);
        assertEquals(DType.FLOAT32, single.schema().column("input").dtype());
        assertArrayEquals(new double[] {0.1f}, Reading.doubles(single, "input"));
        assertArrayEquals(new double[] {-0.0, 1}, Reading.doubles(open("a\n-0\n1\n"), "input"));
    }

    @Test
    @DisplayName("another quote can be chosen")
    void quote() throws IOException {
        assertEquals(List.of("it's, so"), open("x,y\n'1','it''s, so'\n", "quote", "'", "target", "y").schema().column("target").categories());
    }

    @Test
    @DisplayName("a row of the wrong length is that, even where its values are wrong too")
    void lengthFirst() {
        assertMessage("FILE:2: the numbers of values in this row and in the first line differ, 1 and 2; correct the row, "
                + "and check that the delimiter is ','", "a,b\n1;2\n");
    }

    @Test
    @DisplayName("settings that cannot go together are problems before any file is read")
    void settings() {
        assertProblem("quote must be one character other than the delimiter or a line end, but is ','", "quote", ",");
        assertProblem("targetType says what the target is, but there is no target; set target, or leave targetType out", "targetType", "number");
        assertProblem("columns cannot have one called 'input'; choose it with features", "columns", Map.of("input", List.of("a")));
        assertProblem("target and columns both choose a column 'target'; leave one of them out",
                "target", "a", "columns", Map.of("target", List.of("a")));
        assertProblem("columns.a chooses no column of the file; name at least one", "columns", Map.of("a", List.of()));
        assertProblem("types.a: unknown value 'text'; available: class, date, number", "types", Map.of("a", "text"));
    }

    private void assertProblem(String expected, Object... settings) {
        assertEquals(expected, assertThrows(SettingsException.class, () -> openFile(settings)).getMessage());
    }

    private void assertMessage(String expected, String content, Object... settings) {
        Exception e = assertThrows(DataException.class, () -> open(content, settings));
        assertEquals(expected.replace("FILE", file.toString()), e.getMessage());
    }

    private Dataset open(String content, Object... settings) throws IOException {
        Files.writeString(file, content);
        return openFile(settings);
    }

    private Dataset openFile(Object... settings) throws IOException {
        Map<String, Object> map = new HashMap<>(Map.of("file", "data.csv"));
        for (int i = 0; i < settings.length; i += 2) {
            map.put((String) settings[i], settings[i + 1]);
        }
        return Settings.of(Csv.class, map).open(new DataContext(folder));
    }
}
