package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with what the commands are given: one sentence, exit code 2, and nothing half-written is left. */
class BadInputTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeGoodOnes() throws IOException {
        write("run.yaml", """
                data:
                  train: {type: csv, file: good.csv, target: y, targetType: number}
                model:
                  - {type: dense, units: 4}
                  - {type: dense, units: 1}
                loss: mse
                optimizer: {type: sgd, learningRate: 0.01}
                metrics: [mean-absolute-error]
                training: {epochs: 1}
                """);
        write("good.csv", "a,b,y\n1,2,3\n4,5,6\n7,8,9\n1,1,1\n");
        write("ragged.csv", "a,b,y\n1,2,3\n4,5\n");
        write("texts.csv", "a,b,y\n1,2,3\n4,five,6\n");
        write("header.csv", "a,b,y\n");
        write("empty.csv", "");
        write("classes.csv", "a,b,y\n1,2,0\n4,5,1\n7,8,7\n1,1,1\n");
        Files.write(folder.resolve("images.idx"), idx(0x803, 3, 2, 2, 11));
        Files.write(folder.resolve("lying.idx"), idx(0x803, 1 << 30, 1 << 10, 1 << 10, 12));
        Files.write(folder.resolve("labels.idx"), idx(0x801, 3, 3));
    }

    /** The big-endian header of an IDX file, and some bytes of content, whether they are enough or not. */
    private static byte[] idx(int magic, int... extentsAndContent) {
        int content = extentsAndContent[extentsAndContent.length - 1];
        ByteBuffer bytes = ByteBuffer.allocate(4 * extentsAndContent.length + content).putInt(magic);
        Arrays.stream(extentsAndContent).limit(extentsAndContent.length - 1L).forEach(bytes::putInt);
        return bytes.array();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sede=7                              | sede: unknown setting; did you mean 'seed'
            optimizer=sdg                       | optimizer: no optimizer is called 'sdg'; did you mean 'sgd'
            training.epochs=many                | training.epochs: must be a whole number, but is 'many'
            training.epochs=0                   | training.epochs: must be at least 1, but is 0
            optimizer.learningRate=-1           | optimizer.learningRate: must be at least 0, but is -1
            data.train.file=nowhere.csv         | there is no file FOLDER/nowhere.csv; a relative name starts from the folder of the configuration file
            data.train.file=.                   | FOLDER: this is a folder; name a file
            data.train.file=ragged.csv          | FOLDER/ragged.csv:3: the numbers of values in this row and in the first line differ, 2 and 3; correct the row
            data.train.file=texts.csv           | FOLDER/texts.csv:3: column 2 'b': 'five' is not a number; correct it
            data.train.file=header.csv          | FOLDER/header.csv: there is no row of values after the header
            data.train.file=empty.csv           | FOLDER/empty.csv: the file has no rows
            data.train.target=z                 | FOLDER/good.csv: there is no column 'z' for target
            data.train.features=[a, c]          | FOLDER/good.csv: there is no column 'c' for features
            data.testSplit={fraction: 0.01}     | data.testSplit: a fraction of 0.01 splits 4 rows into 0 and 4, but neither part may be empty
            data.testSplit={fold: 1, of: 9}     | data.testSplit: data of 4 rows can be split into 2 to 4 folds, not into 9; change k
            data.testSplit={column: y, equals: [7]} | data.testSplit: there is no column 'y'; the data has [input, target]
            data.testSplit={column: target, equals: [8]} | data.testSplit: no row has '8' in column 'target', but neither part may be empty
            data.validation={fraction: 0.5, stratified: true} | data.validation: data can be split by class only where 'target' is one class number a row
            model[1]={type: reshape, extents: [3]} | model[1]: layer 1 (reshape):
            model={type: graph, nodes: {a: {layer: {type: dense, units: 2}}, b: {from: a, layer: {type: reshape, extents: [3]}}}} | model.nodes.b.layer: layer b.layer (reshape):
            loss=cross-entropy                  | loss: cross-entropy: 'target' must be class numbers
            data.train={type: idx, images: images.idx, labels: labels.idx} | FOLDER/images.idx
            data.train={type: idx, images: lying.idx, labels: labels.idx}  | FOLDER/lying.idx
            data.train={type: idx, images: good.csv, labels: labels.idx}   | FOLDER/good.csv
            data.train={type: inline, inputs: [[1, 2], [3]], targets: [1, 2]} | inputs
            include=other.yaml                  | include: unknown setting
            """)
    void a_wrong_configuration_or_wrong_data_ends_before_anything_is_written(String setting, String sentence) throws IOException {
        assertTraining(sentence, "--set", setting);
    }

    @Test
    void a_class_number_outside_of_the_model_s_outputs_is_shown_with_its_row() throws IOException {
        assertTraining("row 2 of the training data: column 'target' holds the class number 7, but the model tells the classes 0 to 2 apart", "--set", "data.train.file=classes.csv", "--set", "data.train.targetType=classes",
                "--set", "model=[{type: dense, units: 3}]", "--set", "loss=cross-entropy", "--set", "metrics=[]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            good.csv          | the run folder FOLDER/good.csv is a file: name a folder that is empty or not there yet
            good.csv/below    | the run folder FOLDER/good.csv/below cannot be used (FOLDER/good.csv/below: Not a directory): name another one with --run-folder
            /proc/thalweg-run | the run folder /proc/thalweg-run cannot be used (
            .                 | the run folder FOLDER/. is not empty: name another one, or empty it
            """)
    void a_run_folder_that_cannot_be_used_is_refused(String results, String sentence) throws IOException {
        Set<String> before = files();
        assertWrong(sentence, InProcess.run("train", folder.resolve("run.yaml").toString(), "--run-folder", folder.resolve(results).toString()));
        assertEquals(before, files());
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(delimiter = '|', textBlock = """
            nowhere.csv | out.csv              | there is no file FOLDER/nowhere.csv: name one with rows to answer
            good.csv    | nowhere/out.csv      | there is no folder FOLDER/nowhere: make it, or name another output file
            good.csv    | /proc/out.csv        | /proc/out.csv cannot be written:
            good.csv    | out.jsonl            | FOLDER/out.jsonl must be of the format of FOLDER/good.csv: give both the same ending
            good.csv    | folder.csv           | FOLDER/folder.csv is a folder: name a file
            folder.csv  | out.csv              | FOLDER/folder.csv is a folder: name a file with rows to answer
            ragged.csv  | out.csv              | FOLDER/ragged.csv:3: 2 values, but the first line has 3; correct the row
            texts.csv   | out.csv              | FOLDER/texts.csv:3: column 2 is 'five', which is no number; correct it, or leave the row out
            images.csv  | out.csv              | FOLDER/images.csv is not text in UTF-8: save it in that encoding
            """)
    void predict_leaves_no_part_of_an_output(String input, String output, String sentence) throws IOException {
        train();
        Files.createDirectory(folder.resolve("folder.csv"));
        Files.write(folder.resolve("images.csv"), new byte[] {'a', ',', (byte) 0xff, (byte) 0xfe, '\n'});
        Set<String> before = files();
        assertWrong(sentence, InProcess.run("predict", folder.resolve("run").toString(), "--input", folder.resolve(input).toString(), "--output",
                folder.resolve(output).toString()));
        assertEquals(before, files());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nowhere    | there is no run folder FOLDER/nowhere: name one that 'thalweg train' has written
            .          | FOLDER/. is no run folder: it has no configuration.yaml
            good.csv   | there is no run folder FOLDER/good.csv
            """)
    void what_is_no_run_folder_is_refused(String run, String sentence) throws IOException {
        Set<String> before = files();
        assertWrong(sentence, InProcess.run("evaluate", folder.resolve(run).toString()));
        assertWrong(sentence, InProcess.run("train", "--resume", folder.resolve(run).toString()));
        assertEquals(before, files());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"0.weight":{"dtype":"F32","shape":[4,2],"data_offsets":[0,32]},"0.bias":{"dtype":"F32","shape":[4],"data_offsets":[16,32]}} | lets tensor '0.bias' overlap with tensor '0.weight'
            {"0.weight":{"dtype":"F32","shape":[4,2],"data_offsets":[0,3200]}}                     | gives tensor '0.weight' 3200 bytes, but its shape [4, 2] in F32 needs 32
            {"0.weight":{"dtype":"F32","shape":[400,2],"data_offsets":[0,3200]}}                   | is cut off: its tensors need 3200 bytes, 64 are there
            {"0.weight":{"dtype":"F64","shape":[4,2],"data_offsets":[0,32]}}                       | gives tensor '0.weight' 32 bytes, but its shape [4, 2] in F64 needs 64
            {"0.weight":{"dtype":"F32","shape":[4,4],"data_offsets":[0,64]}}                       | belongs to another model: its tensor '0.weight' is FLOAT32 [4, 4]
            {"0.weight":{"dtype":"F32","shape":[16],"data_offsets":[0,64]},"0.weight":{}}          | has a header that is not JSON: Duplicate
            {"0.weight":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,64]}} | holds tensor '0.weight' that is too large for an array
            {"0.weight":                                                                           | has a header that is not JSON
            [1]                                                                                    | has a header that is not a JSON object
            """)
    void weights_that_lie_about_their_sizes_are_refused(String header, String sentence) throws IOException {
        train();
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("run/best.safetensors"),
                ByteBuffer.allocate(8 + text.length + 64).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).array());
        assertWrong("FOLDER/run/best.safetensors " + sentence, InProcess.run("evaluate", folder.resolve("run").toString()));
    }

    @Test
    void weights_whose_header_is_no_text_or_endless_are_refused() throws IOException {
        train();
        Path best = folder.resolve("run/best.safetensors");
        Files.write(best, ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(4).putInt(0xfefffeff).array());
        assertWrong("FOLDER/run/best.safetensors has a header that is not text in UTF-8", InProcess.run("evaluate", folder.resolve("run").toString()));
        Files.write(best, ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(Long.MAX_VALUE).array());
        assertWrong("FOLDER/run/best.safetensors gives its header the length 9223372036854775807", InProcess.run("evaluate", folder.resolve("run").toString()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            manifest.json      | {              | FOLDER/run/manifest.json is not JSON: it is damaged
            configuration.yaml | data: [        | FOLDER/run/configuration.yaml:
            data.json          | {}             | FOLDER/run/data.json is not what 'thalweg train' has written there: train again
            data.json          | []             | FOLDER/run/data.json is not what 'thalweg train' has written there: train again
            data.json          | {"columns": 1} | FOLDER/run/data.json is not what 'thalweg train' has written there: train again
            """)
    void a_damaged_run_folder_is_refused(String file, String content, String sentence) throws IOException {
        train();
        write("run/" + file, content);
        Set<String> before = files();
        assertWrong(sentence, InProcess.run("predict", folder.resolve("run").toString(), "--input", folder.resolve("good.csv").toString(), "--output",
                folder.resolve("out.csv").toString()));
        assertEquals(before, files());
    }

    private void train() {
        assertEquals(0, InProcess.run("train", folder.resolve("run.yaml").toString(), "--run-folder", folder.resolve("run").toString()).code());
    }

    private void assertTraining(String sentence, String... more) throws IOException {
        Set<String> before = files();
        assertWrong(sentence, InProcess.run(Stream.concat(
                Stream.of("train", folder.resolve("run.yaml").toString(), "--run-folder", folder.resolve("results").toString()),
                Arrays.stream(more)).toArray(String[]::new)));
        assertEquals(before, files());
    }

    private void assertWrong(String sentence, InProcess outcome) {
        String said = String.join("\n", outcome.err());
        assertTrue(said.contains(sentence.replace("FOLDER", folder.toString())), said);
        assertEquals(1, outcome.err().size(), said);
        assertEquals(2, outcome.code(), said);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
