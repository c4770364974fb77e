package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class TextTest {
    @TempDir
    Path folder;

    private Dataset open(String text, TextPart part, int length, Integer stride, double validation, double test) throws IOException {
        Files.writeString(folder.resolve("a.txt"), text);
        return new Text(List.of("a.txt"), part, length, Optional.ofNullable(stride), Text.Symbols.CHARACTERS, validation, test).open(new DataContext(folder));
    }

    @Test
    @DisplayName("gives windows of characters, and as target the same one character further on")
    void windows() throws IOException {
        Dataset data = open("abcabdac", TextPart.TRAIN, 3, null, 0, 0);

        assertEquals(List.of("a", "b", "c", "d", "\ufffd"), data.schema().column("input").categories());
        assertEquals(data.schema().column("input").categories(), data.schema().column("target").categories());
        assertEquals(DType.INT32, data.schema().column("input").dtype());
        assertEquals(Shape.of(3), data.schema().column("target").shape());
        assertEquals(2, data.size());
        assertArrayEquals(new int[] {0, 1, 2, 0, 1, 3}, Reading.ints(data, "input"));
        assertArrayEquals(new int[] {1, 2, 0, 1, 3, 0}, Reading.ints(data, "target"));
        assertArrayEquals(new float[] {1, 2, 0, 1, 3, 0}, Reading.floats(data, "target"));
        assertArrayEquals(new double[] {0, 1, 2, 0, 1, 3}, Reading.doubles(data, "input"));
    }

    @Test
    @DisplayName("lets windows overlap where the stride is shorter than the length")
    void overlap() throws IOException {
        Dataset data = open("abcde", TextPart.TRAIN, 3, 1, 0, 0);

        assertArrayEquals(new int[] {0, 1, 2, 1, 2, 3}, Reading.ints(data, "input"));
        assertArrayEquals(new int[] {1, 2, 3, 2, 3, 4}, Reading.ints(data, "target"));
    }

    @Test
    @DisplayName("cuts the text into three stretches, in order, numbered by the first")
    void parts() throws IOException {
        String text = "ababababab" + "abc" + "bab";
        Dataset train = open(text, TextPart.TRAIN, 1, null, 3 / 16.0, 3 / 16.0);
        Dataset validation = open(text, TextPart.VALIDATION, 1, null, 3 / 16.0, 3 / 16.0);
        Dataset test = open(text, TextPart.TEST, 1, null, 3 / 16.0, 3 / 16.0);

        assertEquals(List.of("a", "b", "\ufffd"), train.schema().column("target").categories());
        assertEquals(9, train.size());
        assertEquals(train.schema(), validation.schema());
        assertArrayEquals(new int[] {1, 2}, Reading.ints(validation, "target"), "a character that training has not seen is the last");
        assertEquals(train.schema(), test.schema());
        assertArrayEquals(new int[] {1, 0}, Reading.ints(test, "input"));
    }

    @Test
    @DisplayName("reads several files as one, and characters beyond 16 bits as one symbol")
    void files() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "x\ud83d\ude00");
        Files.writeString(folder.resolve("b.txt"), "yx");
        Dataset data = new Text(List.of("a.txt", "b.txt"), TextPart.TRAIN, 3, Optional.empty(), Text.Symbols.CHARACTERS, 0, 0).open(new DataContext(folder));

        assertEquals(List.of("x", "y", "\ud83d\ude00", "\ufffd"), data.schema().column("input").categories());
        assertArrayEquals(new int[] {0, 2, 1}, Reading.ints(data, "input"));
    }

    @Test
    @DisplayName("numbers more than 256 characters too")
    void manyCharacters() throws IOException {
        String text = IntStream.range(0x4e00, 0x4e00 + 400).mapToObj(Character::toString).reduce("", String::concat);
        Dataset data = open(text, TextPart.TRAIN, 399, null, 0, 0);

        assertArrayEquals(IntStream.range(1, 400).toArray(), Reading.ints(data, "target"));
    }

    @Test
    @DisplayName("takes bytes as they are")
    void bytes() throws IOException {
        Files.write(folder.resolve("a.bin"), new byte[] {0, -1, 65});
        Dataset data = new Text(List.of("a.bin"), TextPart.TRAIN, 2, Optional.empty(), Text.Symbols.BYTES, 0, 0).open(new DataContext(folder));

        assertArrayEquals(new int[] {0, 255}, Reading.ints(data, "input"));
        assertArrayEquals(new int[] {255, 65}, Reading.ints(data, "target"));
        assertEquals(256, data.schema().column("input").categories().size());
    }

    @Test
    @DisplayName("says what is wrong with a text")
    void mistakes() throws IOException {
        String shortText = assertThrows(DataException.class, () -> open("0123456789", TextPart.TEST, 5, null, 0, 0.2)).getMessage();
        assertEquals("a.txt: the part 'test' has 2 of the 10 symbols, but a window of 5 needs 6; make the part larger, or the window shorter", shortText);
        Files.write(folder.resolve("latin.txt"), "Fl\u00fcsse".getBytes(StandardCharsets.ISO_8859_1));
        Text latin = new Text(List.of("latin.txt"), TextPart.TRAIN, 2, Optional.empty(), Text.Symbols.CHARACTERS, 0, 0);
        assertEquals("latin.txt: this is not text in UTF-8; convert it, or set symbols to bytes",
                assertThrows(DataException.class, () -> latin.open(new DataContext(folder))).getMessage());
        assertThrows(IllegalArgumentException.class, () -> open("abc", TextPart.TRAIN, 1, null, 0.5, 0.5));
        assertTrue(assertThrows(DataException.class, () -> new Text(List.of("no.txt"), TextPart.TRAIN, 1, Optional.empty(), Text.Symbols.BYTES, 0, 0)
                .open(new DataContext(folder))).getMessage().startsWith("there is no file "));
    }
}
