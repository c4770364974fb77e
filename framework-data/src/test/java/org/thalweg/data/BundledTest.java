package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class BundledTest {
    @Test
    @DisplayName("iris has 150 flowers with 4 measures, 50 of each of 3 species")
    void iris() throws IOException {
        Dataset data = open("iris");
        assertSchema(data, DType.FLOAT64, Shape.of(4), List.of("setosa", "versicolor", "virginica"));
        assertFirst(data, 5.1, 3.5, 1.4, 0.2);
        assertArrayEquals(new int[] {50, 50, 50}, Reading.classCounts(data));
        assertEquals(0, Reading.ints(data, "target")[0]);
    }

    @Test
    @DisplayName("wine has 178 wines with 13 measures of 3 cultivars")
    void wine() throws IOException {
        Dataset data = open("wine");
        assertSchema(data, DType.FLOAT64, Shape.of(13), List.of("class_0", "class_1", "class_2"));
        assertFirst(data, 14.23, 1.71, 2.43, 15.6, 127);
        assertArrayEquals(new int[] {59, 71, 48}, Reading.classCounts(data));
    }

    @Test
    @DisplayName("breast-cancer has 569 tumours with 30 measures, malignant or benign")
    void breastCancer() throws IOException {
        Dataset data = open("breast-cancer");
        assertSchema(data, DType.FLOAT64, Shape.of(30), List.of("malignant", "benign"));
        assertFirst(data, 17.99, 10.38, 122.8, 1001, 0.1184);
        assertArrayEquals(new int[] {212, 357}, Reading.classCounts(data));
    }

    @Test
    @DisplayName("digits has 1797 images of 8 by 8 pixels from 0 to 16, of 10 digits")
    void digits() throws IOException {
        Dataset data = open("digits");
        assertSchema(data, DType.FLOAT32, Shape.of(8, 8), List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
        assertFirst(data, 0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15);
        assertEquals(16, Arrays.stream(Reading.doubles(data, "input")).max().orElseThrow());
        assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, Reading.classCounts(data));
    }

    @Test
    @DisplayName("diabetes has 442 patients with 10 measures and a number to predict")
    void diabetes() throws IOException {
        Dataset data = open("diabetes");
        assertEquals(
                List.of(new Column("input", DType.FLOAT64, Shape.of(10)), new Column("target", DType.FLOAT64, Shape.scalar())),
                data.schema().columns());
        assertFirst(data, 59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87);
        double[] target = Reading.doubles(data, "target");
        assertArrayEquals(new double[] {151, 75, 141}, Arrays.copyOf(target, 3));
        assertEquals(57, target[441]);
    }

    @Test
    @DisplayName("the number of rows of every set is as published")
    void sizes() throws IOException {
        Map<String, Integer> published = Map.of("iris", 150, "wine", 178, "breast-cancer", 569, "digits", 1797, "diabetes", 442);
        assertEquals(published.size(), Bundled.Name.values().length);
        for (String name : published.keySet()) {
            assertEquals(published.get(name), open(name).size(), name);
        }
    }

    @Test
    @DisplayName("the source and licence of the data come with it")
    void attribution() {
        assertNotNull(Bundled.class.getResource("bundled/NOTICE.md"));
    }

    @Test
    @DisplayName("a name that does not exist is a problem of the settings, with the nearest name")
    void unknownName() {
        Exception e = assertThrows(SettingsException.class, () -> open("irys"));
        assertEquals(
                "name: unknown value 'irys'; did you mean 'iris'; available: breast-cancer, diabetes, digits, iris, wine", e.getMessage());
    }

    private static void assertSchema(Dataset data, DType input, Shape shape, List<String> categories) {
        assertEquals(
                List.of(new Column("input", input, shape), new Column("target", DType.INT32, Shape.scalar(), categories)),
                data.schema().columns());
    }

    private static void assertFirst(Dataset data, double... expected) {
        assertArrayEquals(expected, Arrays.copyOf(Reading.doubles(data, "input"), expected.length));
    }

    private static Dataset open(String name) throws IOException {
        return Settings.of(Bundled.class, Map.of("name", name)).open(new DataContext(Path.of("")));
    }
}
