package org.thalweg.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;

/**
 * A text for models that predict its next symbol. Of a window that starts at symbol s, {@code input} are the symbols s, s + 1 ... and {@code target} the same one
 * further on: both INT32 [length], with the symbols as categories.
 *
 * <p>The text is cut into three stretches, in order: to train, to validate, to test. Symbols are numbered by the training stretch: its characters
 * (Unicode code points) ascending, and one number more, the last, for any character that does not occur there. Bytes are their own numbers.
 *
 * @param files read one after another as one text; plain or gzipped
 * @param part which stretch
 * @param length of a window
 * @param stride from the start of a window to that of the next
 * @param symbols what is numbered
 * @param validation share of the text that validates
 * @param test share of the text that tests
 */
@Description("A text in windows: the input are its symbols, the target those that follow each.")
public record Text(
        @Description("The files, one after another; UTF-8 unless the symbols are bytes.") List<String> files,
        @Description("The stretch of the text: its beginning (train), what follows (validation) or its end (test).") @Default("train") TextPart part,
        @Description("Symbols of a window.") @Default("64") @Min(1) int length,
        @Description("Symbols from one window to the next; the length if left out.") @Min(1) Optional<Integer> stride,
        @Description("characters, numbered by what occurs in the training stretch, or bytes.") @Default("characters") Symbols symbols,
        @Description("Share of the text that is for validation.") @Default("0") @Min(0) @LessThan(1) double validation,
        @Description("Share of the text, at its end, that is for the test.") @Default("0.1") @Min(0) @LessThan(1) double test)
        implements DataSource {
    /** The name of the class of all characters that the training stretch has not: U+FFFD. */
    static final String OTHER = "\ufffd";

    /** What a text consists of. */
    public enum Symbols {
        /** Unicode code points. */
        CHARACTERS,
        /** The bytes of the files. */
        BYTES
    }

    /** Copies the list, and checks that something is left to train on. */
    public Text {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files must name at least one file");
        }
        if (validation + test >= 1) {
            throw new IllegalArgumentException("validation and test leave nothing to train on: they must add up to less than 1");
        }
    }

    @Override
    public Dataset open(DataContext context) throws IOException {
        int[] text = symbols == Symbols.BYTES ? bytes(context) : characters(context);
        int validationStart = text.length - (int) Math.round((validation + test) * text.length);
        int testStart = text.length - (int) Math.round(test * text.length);
        int[] training = Arrays.copyOf(text, validationStart);
        int[] stretch = switch (part) {
            case TRAIN -> training;
            case VALIDATION -> Arrays.copyOfRange(text, validationStart, testStart);
            case TEST -> Arrays.copyOfRange(text, testStart, text.length);
        };
        if (stretch.length <= length) {
            throw new DataException(String.join(", ", files) + ": the part '" + part.name().toLowerCase(Locale.ROOT) + "' has " + stretch.length + " of the " + text.length
                    + " symbols, but a window of " + length + " needs " + (length + 1) + "; make the part larger, or the window shorter");
        }
        List<String> vocabulary = symbols == Symbols.BYTES
                ? IntStream.range(0, 256).mapToObj(value -> String.format("%02x", value)).toList()
                : vocabulary(training, stretch);
        return new TextWindows(values(stretch, vocabulary.size()), vocabulary, length, stride.orElse(length));
    }

    private int[] bytes(DataContext context) throws IOException {
        byte[] content = content(context);
        return IntStream.range(0, content.length).map(i -> content[i] & 0xff).toArray();
    }

    private int[] characters(DataContext context) throws IOException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content(context))).codePoints().toArray();
        } catch (CharacterCodingException e) {
            throw new DataException(String.join(", ", files) + ": this is not text in UTF-8; convert it, or set symbols to bytes", e);
        }
    }

    private byte[] content(DataContext context) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String file : files) {
            all.writeBytes(DataFile.of(context, file).read(InputStream::readAllBytes));
        }
        return all.toByteArray();
    }

    /** The symbols of the training stretch; puts their numbers in the place of the characters of the other. */
    private static List<String> vocabulary(int[] training, int[] stretch) {
        int[] characters = Arrays.stream(training).distinct().sorted().toArray();
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int character : characters) {
            numbers.put(character, numbers.size());
        }
        for (int i = 0; i < stretch.length; i++) {
            stretch[i] = numbers.getOrDefault(stretch[i], characters.length);
        }
        return IntStream.concat(Arrays.stream(characters), OTHER.codePoints()).mapToObj(Character::toString).toList();
    }

    private static Values values(int[] numbers, int classes) {
        if (classes > 256) {
            return new Values.Ints(numbers);
        }
        byte[] narrow = new byte[numbers.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (byte) numbers[i];
        }
        return new Values.Bytes(narrow, 0xff);
    }
}
