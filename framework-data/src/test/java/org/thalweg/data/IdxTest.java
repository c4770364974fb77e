package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class IdxTest {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int SIGNED_BYTE = 0x09;
    private static final int SHORT = 0x0b;
    private static final int INT = 0x0c;
    private static final int FLOAT = 0x0d;
    private static final int DOUBLE = 0x0e;

    @TempDir
    Path folder;

    @Test
    @DisplayName("images and labels become the columns input and target")
    void imagesAndLabels() throws IOException {
        write("images", UNSIGNED_BYTE, new int[] {3, 2, 2}, 0, 1, 2, 3, 250, 251, 252, 253, 128, 127, 64, 32);
        write("labels", UNSIGNED_BYTE, new int[] {3}, 2, 0, 1);
        Dataset data = open("images", "labels", "shirt", "shoe", "bag");
        assertEquals(
                List.of(new Column("input", DType.FLOAT32, Shape.of(2, 2)),
                        new Column("target", DType.INT32, Shape.scalar(), List.of("shirt", "shoe", "bag"))),
                data.schema().columns());
        assertArrayEquals(new float[] {0, 1, 2, 3, 250, 251, 252, 253, 128, 127, 64, 32}, Reading.floats(data, "input"));
        assertArrayEquals(new int[] {2, 0, 1}, Reading.ints(data, "target"));
    }

    @ParameterizedTest(name = "type {0}: {1}")
    @DisplayName("every element type is read as it was written")
    @CsvSource({
        "8, FLOAT32, INT32, 0 200 255", "9, FLOAT32, INT32, -128 0 127", "11, FLOAT32, INT32, -32768 258 32767",
        "12, FLOAT64, INT32, -2147483648 65536 2147483647", "13, FLOAT32, FLOAT32, -0.5 1e-3 3e38", "14, FLOAT64, FLOAT64, -0.1 1e-300 3e300"
    })
    void elementTypes(int type, DType input, DType target, String text) throws IOException {
        double[] written = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
        double[] values = type == FLOAT ? Arrays.stream(written).map(value -> (float) value).toArray() : written;
        write("images", type, new int[] {3, 1}, values);
        write("labels", type, new int[] {3}, values);
        Dataset data = open("images", "labels");
        assertEquals(new Column("input", input, Shape.of(1)), data.schema().column("input"));
        assertEquals(new Column("target", target, Shape.scalar()), data.schema().column("target"));
        assertArrayEquals(values, Reading.doubles(data, "input"));
        for (int i = 0; i < values.length; i++) {
            assertEquals((float) values[i], Reading.floats(data, "input")[i]);
            if (target == DType.INT32) {
                assertEquals((int) values[i], Reading.ints(data, "target")[i]);
            }
        }
    }

    @Test
    @DisplayName("images of bytes are not read as integers, since their column is FLOAT32")
    void imagesAreNumbers() throws IOException {
        write("images", UNSIGNED_BYTE, new int[] {1, 1}, 5);
        Dataset data = open("images", null);
        assertThrows(IllegalArgumentException.class, () -> Reading.ints(data, "input"));
    }

    @Test
    @DisplayName("any rank is read, from a list of numbers to stacks of images")
    void ranks() throws IOException {
        write("images", FLOAT, new int[] {2, 1, 2, 1, 2}, 1, 2, 3, 4, 5, 6, 7, 8);
        write("labels", UNSIGNED_BYTE, new int[] {2, 2}, 1, 2, 3, 4);
        Dataset data = open("images", "labels");
        assertEquals(Shape.of(1, 2, 1, 2), data.schema().column("input").shape());
        assertEquals(Shape.of(2), data.schema().column("target").shape());
        assertArrayEquals(new int[] {1, 2, 3, 4}, Reading.ints(data, "target"));
        write("numbers", UNSIGNED_BYTE, new int[] {2}, 3, 4);
        assertEquals(Shape.scalar(), open("numbers", "labels").schema().column("input").shape());
    }

    @Test
    @DisplayName("gzip is recognised by its content, not by the name")
    void gzip() throws IOException {
        Files.write(folder.resolve("images.bin"), gzip(idx(SHORT, new int[] {2, 1}, 300, -300)));
        write("labels.gz", SIGNED_BYTE, new int[] {2}, 1, -1);
        Dataset data = open("images.bin", "labels.gz");
        assertArrayEquals(new float[] {300, -300}, Reading.floats(data, "input"));
        assertArrayEquals(new int[] {1, -1}, Reading.ints(data, "target"));
    }

    @Test
    @DisplayName("without labels there is no target")
    void noLabels() throws IOException {
        write("images", INT, new int[] {2, 1}, 1, 2);
        assertEquals(List.of("input"), open("images", null).schema().names());
    }

    @Test
    @DisplayName("a file that is cut short is an error with both sizes")
    void cutShort() throws IOException {
        byte[] whole = idx(UNSIGNED_BYTE, new int[] {2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8);
        Files.write(folder.resolve("images"), Arrays.copyOf(whole, whole.length - 3));
        assertMessage("FILE: the header [2, 2, 2] announces 8 bytes of data, but there are only 5; the file is cut short or its header is "
                + "wrong: get it again", "images", null);
    }

    @Test
    @DisplayName("a header that announces far more than there is claims no memory for it")
    void lyingHeader() throws IOException {
        byte[] lying = idx(UNSIGNED_BYTE, new int[] {60_000, 28, 28}, 1, 2, 3);
        Files.write(folder.resolve("images"), gzip(lying));
        assertMessage("FILE: the header [60000, 28, 28] announces 47040000 bytes of data, but there are only 3; the file is cut short or its "
                + "header is wrong: get it again", "images", null);
    }

    @Test
    @DisplayName("data that goes on after what the header announces is an error")
    void tooMuch() throws IOException {
        write("images", UNSIGNED_BYTE, new int[] {2, 1}, 1, 2, 3);
        assertMessage("FILE: the header [2, 1] announces 2 bytes of data, but there are more; the header is wrong: get the file again",
                "images", null);
    }

    @Test
    @DisplayName("a header that announces far more than there is needs no disk for it either")
    void tooLarge() throws IOException {
        write("images", DOUBLE, new int[] {1 << 20, 1 << 20});
        assertMessage("FILE: the header [1048576, 1048576] announces 8796093022208 bytes of data, but there are only 0; the file is cut short or "
                + "its header is wrong: get it again", "images", null);
        write("images", DOUBLE, new int[] {1 << 30, 1 << 30, 8});
        assertMessage("FILE: the header [1073741824, 1073741824, 8] announces more than any file has; the file is damaged: get it again",
                "images", null);
    }

    @Test
    @DisplayName("an extent that is negative, or zero within a row, is an error")
    void impossibleExtent() throws IOException {
        write("images", DOUBLE, new int[] {2, -3});
        assertMessage("FILE: the header [2, -3] has the extent -3; the file is damaged: get it again", "images", null);
        write("images", DOUBLE, new int[] {2, 0});
        assertMessage("FILE: the header [2, 0] has the extent 0; the file is damaged: get it again", "images", null);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a file that is something else is an error with its first bytes")
    @CsvSource({"89504e47, 89 50 4e 47", "00000a01, 00 00 0a 01", "00000800, 00 00 08 00", "0000, 00 00", "'', nothing"})
    void wrongMagic(String bytes, String shown) throws IOException {
        Files.write(folder.resolve("images"), HexFormat.of().parseHex(bytes));
        assertMessage("FILE: this is no IDX file: it starts with " + shown + ", not with two zero bytes, an element type (08, 09, 0b to 0e) and "
                + "a rank; check the file name", "images", null);
    }

    @Test
    @DisplayName("a file that ends within its header is an error")
    void headerCut() throws IOException {
        Files.write(folder.resolve("images"), new byte[] {0, 0, UNSIGNED_BYTE, 3, 0, 0, 0, 1, 0});
        assertMessage("FILE: the file ends within its header of 3 extents; get the file again", "images", null);
    }

    @Test
    @DisplayName("gzip data that is cut short or damaged is an error")
    void damagedGzip() throws IOException {
        byte[] whole = gzip(idx(UNSIGNED_BYTE, new int[] {8, 1}, 1, 2, 3, 4, 5, 6, 7, 8));
        Files.write(folder.resolve("images"), Arrays.copyOf(whole, whole.length - 12));
        assertMessage("FILE: the gzip data is damaged or cut short; get the file again", "images", null);
        whole[whole.length - 6] ^= 1;
        Files.write(folder.resolve("images"), whole);
        assertMessage("FILE: the gzip data is damaged or cut short; get the file again", "images", null);
    }

    @Test
    @DisplayName("different numbers of images and labels are an error that names both files")
    void differentCounts() throws IOException {
        write("images", UNSIGNED_BYTE, new int[] {3, 1}, 1, 2, 3);
        write("labels", UNSIGNED_BYTE, new int[] {2}, 1, 2);
        Exception e = assertThrows(DataException.class, () -> open("images", "labels"));
        assertEquals(folder.resolve("labels") + ": there are 2 labels, but 3 images in " + folder.resolve("images")
                + "; name two files that belong together", e.getMessage());
    }

    @Test
    @DisplayName("a label without a class name is an error with its row")
    void unnamedLabel() throws IOException {
        write("images", UNSIGNED_BYTE, new int[] {2, 1}, 1, 2);
        write("labels", SIGNED_BYTE, new int[] {2}, 0, -1);
        Exception e = assertThrows(DataException.class, () -> open("images", "labels", "a", "b"));
        assertEquals(folder.resolve("labels") + ": label -1 in row 1 has no name: classes lists 2, for the labels 0 to 1", e.getMessage());
    }

    @Test
    @DisplayName("labels that are not one whole number a row cannot have class names")
    void namesForNumbers() throws IOException {
        write("images", UNSIGNED_BYTE, new int[] {2, 1}, 1, 2);
        write("labels", FLOAT, new int[] {2}, 0, 1);
        Exception e = assertThrows(DataException.class, () -> open("images", "labels", "a", "b"));
        assertEquals(
                folder.resolve("labels") + ": labels of shape [] that are not whole numbers cannot have class names; leave classes out",
                e.getMessage());
        write("labels", UNSIGNED_BYTE, new int[] {2, 2}, 0, 1, 1, 0);
        e = assertThrows(DataException.class, () -> open("images", "labels", "a", "b"));
        assertEquals(folder.resolve("labels") + ": labels of shape [2] cannot have class names; leave classes out", e.getMessage());
    }

    @Test
    @DisplayName("class names without labels are a problem of the settings")
    void namesWithoutLabels() {
        Exception e = assertThrows(
                SettingsException.class, () -> Settings.of(Idx.class, Map.of("images", "x", "classes", List.of("a"))));
        assertEquals("classes names labels, but there is no file of labels; set labels, or leave classes out", e.getMessage());
    }

    @Test
    @DisplayName("a missing file is an error with the absolute path that was tried")
    void missingFile() {
        assertMessage("there is no file FILE; a relative name starts from the folder of the configuration file", "nowhere/images", null);
    }

    @Test
    @DisplayName("a folder in place of a file is an error")
    void folderAsFile() throws IOException {
        Files.createDirectory(folder.resolve("images"));
        assertMessage("FILE: this is a folder; name a file", "images", null);
    }

    private void assertMessage(String expected, String images, String labels) {
        Exception e = assertThrows(DataException.class, () -> open(images, labels));
        assertEquals(expected.replace("FILE", folder.resolve(images).toString()), e.getMessage());
    }

    private Dataset open(String images, String labels, String... classes) throws IOException {
        Map<String, Object> settings = new HashMap<>(Map.of("images", images, "classes", List.of(classes)));
        if (labels != null) {
            settings.put("labels", labels);
        }
        return Settings.of(Idx.class, settings).open(new DataContext(folder));
    }

    private void write(String file, int type, int[] extents, double... values) throws IOException {
        Files.write(folder.resolve(file), idx(type, extents, values));
    }

    private static byte[] idx(int type, int[] extents, double... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(type << 8 | extents.length);
        for (int extent : extents) {
            out.writeInt(extent);
        }
        for (double value : values) {
            switch (type) {
                case UNSIGNED_BYTE, SIGNED_BYTE -> out.writeByte((int) value);
                case SHORT -> out.writeShort((int) value);
                case INT -> out.writeInt((int) value);
                case FLOAT -> out.writeFloat((float) value);
                default -> out.writeDouble(value);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
