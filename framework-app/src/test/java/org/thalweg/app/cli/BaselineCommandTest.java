package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model of text must beat. */
class BaselineCommandTest {
    @TempDir
    Path folder;

    private InProcess run(String text, double test, int length, String... more) throws IOException {
        Files.writeString(folder.resolve("text.txt"), text);
        Path file = Files.writeString(folder.resolve("text.yaml"), """
                name: text
                data:
                  train: {type: text, files: [text.txt], part: train, length: %1$d, test: %2$s}
                  test: {type: text, files: [text.txt], part: test, length: %1$d, test: %2$s}
                model: [{type: embedding, vocabulary: 3, units: 3}, {type: permute, axes: [0, 2, 1]}]
                loss: bits-per-symbol
                optimizer: sgd
                training: {epochs: 1}
                """.formatted(length, test));
        String[] arguments = new String[2 + more.length];
        arguments[0] = "baseline";
        arguments[1] = file.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return InProcess.run(arguments);
    }

    /**
     * Training predicts b, a, b behind a, b, a; a and b are 2 of 3 classes. For the one symbol of the test, b behind a:
     * P(b) = (2 + 2/3) / (3 + 2) = 8/15, P(b | a) = (2 + 8/15) / (2 + 1) = 38/45.
     */
    @Test
    void the_bits_are_those_of_interpolated_counts() throws IOException {
        InProcess outcome = run("ababab", 0.34, 1, "--order", "2");

        assertEquals(List.of(), outcome.err());
        assertEquals(List.of("text, 2-grams, test data: 1 symbol", String.format("test bits-per-symbol: %.4f", Math.log(45.0 / 38) / Math.log(2))),
                outcome.out());
        assertEquals(String.format("test bits-per-symbol: %.4f", Math.log(15.0 / 8) / Math.log(2)), run("ababab", 0.34, 1, "--order", "1").out().getLast());
    }

    @Test
    void longer_contexts_tell_more_of_a_real_text() throws Exception {
        String text = Files.readString(excerpt());
        double one = bits(run(text, 0.1, 32, "--order", "1"));
        double three = bits(run(text, 0.1, 32, "--order", "3"));

        assertTrue(one > 4 && one < 4.6, one + " bits");
        assertTrue(three > 2 && three < one - 1, three + " bits after " + one);
    }

    /** The beginning of the book of Genesis in the King James Version of 1611, which is in the public domain. */
    static Path excerpt() throws URISyntaxException {
        return Path.of(BaselineCommandTest.class.getResource("genesis.txt").toURI());
    }

    private static double bits(InProcess outcome) {
        assertEquals(0, outcome.code(), outcome.err().toString());
        return Double.parseDouble(outcome.out().getLast().replace("test bits-per-symbol: ", ""));
    }

    @Test
    void what_is_no_text_has_no_baseline() {
        InProcess outcome = InProcess.run("baseline", "examples/iris.yaml");

        assertEquals(2, outcome.code());
        assertEquals(List.of("a baseline is counted for texts only, whose 'target' follows on 'input' symbol by symbol; the data has 'input' FLOAT64 [4] and "
                + "'target' INT32 []: name a configuration with the data source 'text'"), outcome.err());
    }

    @Test
    void orders_out_of_range_are_wrong_usage() {
        InProcess outcome = InProcess.run("baseline", "examples/iris.yaml", "--order", "9");

        assertEquals(2, outcome.code());
        assertEquals(List.of("thalweg baseline: --order must be from 1 to 8, but is 9; 'thalweg baseline --help' shows how to use it"), outcome.err());
    }
}
