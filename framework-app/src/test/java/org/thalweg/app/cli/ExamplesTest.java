package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.Dataset;
import org.thalweg.app.plugin.PluginJar;
import org.thalweg.app.run.Safetensors;
import org.thalweg.data.Bundled;
import org.thalweg.data.Split;
import org.thalweg.optim.LeastSquares;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every file in examples/ is right, and trains. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Path FASHION = Path.of("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz");

    /** Files for other commands, which have tests of their own. */
    private static final Set<String> OTHERS = Set.of("compare-optimizers.yaml", "sweep-iris.yaml");

    @TempDir
    Path folder;

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml"))
                    .filter(name -> !OTHERS.contains(name))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_example_is_valid_and_says_what_it_shows(String file) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("validate", EXAMPLES.resolve(file).toString()));
        if (file.equals("plugin-example.yaml")) {
            arguments.addAll(List.of("--plugins", examplePlugin().toString()));
        }
        InProcess outcome = InProcess.run(arguments.toArray(String[]::new));

        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        String head = Files.readAllLines(EXAMPLES.resolve(file)).stream().takeWhile(line -> line.startsWith("#")).collect(Collectors.joining("\n"));
        assertTrue(head.contains("thalweg train framework-app/examples/" + file), "the head says how to run it:\n" + head);
    }

    /** Few epochs, so these are not the figures of the examples' heads; but the model must have learned something. */
    @ParameterizedTest
    @CsvSource({
        "breast-cancer.yaml, 10, accuracy, 0.9, 1",
        "csv.yaml, 60, mean-absolute-error, 0, 25",
        "diabetes.yaml, 60, mean-absolute-error, 0, 0.75",
        "digits.yaml, 4, accuracy, 0.8, 1",
        "digit-strips.yaml, 2, label-error-rate, 0, 0.3",
        "digits-triplets.yaml, 2, nearest-neighbour-accuracy, 0.9, 1",
        "inline.yaml, 200, accuracy, 1, 1",
        "iris.yaml, 15, accuracy, 0.8, 1",
        "permeability.yaml, 15, r-squared, 0.9, 1",
        "plugin-example.yaml, 10, mean-absolute-error, 0, 0.8",
        "schedule-and-clipping.yaml, 10, accuracy, 0.9, 1",
        "wine.yaml, 10, accuracy, 0.9, 1"
    })
    void an_example_trains(String file, int epochs, String metric, double least, double most) throws IOException {
        Path results = folder.resolve("results");
        List<String> arguments = new ArrayList<>(List.of("train", EXAMPLES.resolve(file).toString(), "--run-folder", results.toString(),
                "--set", "training.epochs=" + epochs));
        if (file.equals("plugin-example.yaml")) {
            arguments.addAll(List.of("--plugins", examplePlugin().toString()));
        }
        InProcess outcome = InProcess.run(arguments.toArray(String[]::new));

        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        assertTrue(outcome.out().getLast().matches("test " + metric + ": [0-9]+\\.[0-9]{4}"), outcome.out().getLast());
        double value = Double.parseDouble(outcome.out().getLast().substring(outcome.out().getLast().indexOf(':') + 2));
        assertTrue(value >= least && value <= most, outcome.out().getLast());
        requireResults(results, file.replace(".yaml", ""), epochs);
    }

    /** The closed form knows the least error that a linear model can have on the training data; its own error on the test data is another matter. */
    @Test
    void gradient_descent_comes_within_a_percent_of_the_closed_form() throws IOException {
        Path results = folder.resolve("results");
        assertEquals(0, InProcess.run("train", EXAMPLES.resolve("diabetes.yaml").toString(), "--run-folder", results.toString()).code());
        Dataset all = new Bundled(Bundled.Name.DIABETES).open(new DataContext(folder));
        Split split = Split.of(all, 0.2, false, 42);
        double[][] training = design(split.rest());
        double[] coefficients = new LeastSquares(LeastSquares.Method.QR, 0).solve(training, targets(split.rest())).coefficients();
        double deviation = deviation(targets(split.rest()));

        assertClose(meanSquaredError(training, targets(split.rest()), coefficients) / deviation / deviation, loss(results, "train"));
        assertClose(meanSquaredError(design(split.part()), targets(split.part()), coefficients) / deviation / deviation, loss(results, "test"));
    }

    private static void assertClose(double closedForm, double descent) {
        assertEquals(closedForm, descent, 0.01 * closedForm);
    }

    private static double loss(Path results, String part) {
        InProcess judged = InProcess.run("evaluate", results.toString(), "--weights", "last", "--data", part);
        return judged.out().stream().filter(line -> line.startsWith(part + " loss: "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 2))).findFirst().orElseThrow();
    }

    /** The features and a 1, row by row. */
    private static double[][] design(Dataset data) {
        double[][] rows = new double[data.size()][];
        for (int row = 0; row < rows.length; row++) {
            double[] features = new double[10];
            data.read(data.schema().indexOf("input"), new int[] {row}, 0, 1, features);
            rows[row] = Arrays.copyOf(features, 11);
            rows[row][10] = 1;
        }
        return rows;
    }

    private static double[] targets(Dataset data) {
        double[] targets = new double[data.size()];
        data.read(data.schema().indexOf("target"), IntStream.range(0, targets.length).toArray(), 0, targets.length, targets);
        return targets;
    }

    private static double meanSquaredError(double[][] rows, double[] targets, double[] coefficients) {
        return IntStream.range(0, rows.length)
                .mapToDouble(row -> targets[row] - IntStream.range(0, coefficients.length).mapToDouble(j -> rows[row][j] * coefficients[j]).sum())
                .map(error -> error * error).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow());
    }

    @Test
    void an_epoch_of_fashion_mnist_trains() throws IOException {
        assumeTrue(Files.exists(FASHION), "Debian's package dataset-fashion-mnist is not installed");
        Path results = folder.resolve("results");
        // Of the training data a tenth is left to train on.
        InProcess outcome = InProcess.run("train", EXAMPLES.resolve("fashion-mnist.yaml").toString(), "--run-folder", results.toString(),
                "--set", "training.epochs=1", "--set", "data.validation.fraction=0.9");

        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        assertTrue(outcome.out().getFirst().startsWith("fashion-mnist: 101,770 parameters, 6,000 rows"), outcome.out().getFirst());
        assertTrue(outcome.out().getLast().matches("test accuracy: 0\\.[78][0-9]{3}"), outcome.out().getLast());
        requireResults(results, "fashion-mnist", 1);
    }

    /** On a part of the data, and for few steps: better than chance, which is 0.1, or 0.5 for two classes. */
    @ParameterizedTest
    @CsvSource({
        "lenet-fashion.yaml, data.train.folder, data.test.folder, 4, 0.5",
        "resnet-fashion.yaml, data.train.folder, data.test.folder, 1, 0.3",
        "shirt-or-tshirt.yaml, data.train.from.folder, data.test.from.folder, 4, 0.65"
    })
    void an_example_of_pictures_learns_something(String file, String training, String test, int epochs, double least) throws IOException {
        assumeTrue(Files.exists(FASHION), "Debian's package dataset-fashion-mnist is not installed");
        Path results = folder.resolve("results");
        InProcess outcome = InProcess.run("train", EXAMPLES.resolve(file).toString(), "--run-folder", results.toString(),
                "--set", training + "=" + firstPictures(), "--set", test + "=" + firstPictures(), "--set", "data.batchSize=32",
                "--set", "training.epochs=" + epochs, "--set", "schedule.steps=" + 32 * epochs);

        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        assertTrue(outcome.out().getLast().matches("test accuracy: [01]\\.[0-9]{4}"), outcome.out().getLast());
        double accuracy = Double.parseDouble(outcome.out().getLast().substring("test accuracy: ".length()));
        assertTrue(accuracy >= least, outcome.out().getLast());
        requireResults(results, file.replace(".yaml", ""), epochs);
    }

    /** A model that knows nothing takes log2(64) = 6 bits a character, one that knows how frequent each is about 4.2. */
    @ParameterizedTest
    @CsvSource({
        "char-lstm.yaml, model[1].units=32",
        "char-transformer.yaml, model[0].units=32"
    })
    void an_example_of_text_learns_more_than_how_frequent_characters_are(String file, String smaller) throws Exception {
        Path results = folder.resolve("results");
        InProcess outcome = InProcess.run("train", EXAMPLES.resolve(file).toString(), "--run-folder", results.toString(),
                "--set", "data.train.files=[" + BaselineCommandTest.excerpt() + "]", "--set", "data.test.files=[" + BaselineCommandTest.excerpt() + "]",
                "--set", "data.train.length=16", "--set", "data.test.length=16", "--set", "data.batchSize=16",
                "--set", smaller, "--set", "optimizer.learningRate=0.01", "--set", "schedule.steps=210", "--set", "training.epochs=2");

        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        assertTrue(outcome.out().getLast().matches("test loss: [0-9]\\.[0-9]{4}"), outcome.out().getLast());
        double bits = Double.parseDouble(outcome.out().getLast().substring("test loss: ".length()));
        assertTrue(bits < 3.8 && bits > 1.5, outcome.out().getLast());
        requireResults(results, file.replace(".yaml", ""), 2);
    }

    @Test
    void the_readme_of_the_examples_has_all_of_them() throws IOException {
        String readme = Files.readString(EXAMPLES.resolve("README.md"));
        assertEquals(List.of(), files().stream().filter(file -> !readme.contains("`" + file + "`")).toList());
    }

    /** The first pictures of both parts of Fashion-MNIST, in files of the same names. */
    private Path firstPictures() throws IOException {
        Path pictures = folder.resolve("pictures");
        if (Files.notExists(pictures)) {
            Files.createDirectory(pictures);
            for (String part : List.of("train", "t10k")) {
                first(part.equals("train") ? 1120 : 200, 16, 28 * 28, part + "-images-idx3-ubyte", pictures);
                first(part.equals("train") ? 1120 : 200, 8, 1, part + "-labels-idx1-ubyte", pictures);
            }
        }
        return pictures;
    }

    /** An IDX file with fewer rows: their number stands in the bytes 4 to 7. */
    private static void first(int rows, int header, int rowSize, String name, Path to) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FASHION.resolveSibling(name + ".gz")))) {
            byte[] bytes = in.readNBytes(header + rows * rowSize);
            ByteBuffer.wrap(bytes).putInt(4, rows);
            Files.write(to.resolve(name), bytes);
        }
    }

    private static void requireResults(Path results, String name, int epochs) throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            assertEquals(
                    Set.of("best.safetensors", "configuration.yaml", "data.json", "last.safetensors", "manifest.json", "metrics.csv", "metrics.jsonl", "report.html",
                            "state.safetensors"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
        List<JsonNode> lines = Files.readAllLines(results.resolve("metrics.jsonl")).stream().map(JsonMapper.shared()::readTree).toList();
        int ended = lines.size() - 1;
        assertTrue(ended == epochs, ended + " epochs");
        assertEquals("completed", lines.getLast().path("end").asString());

        JsonNode manifest = JsonMapper.shared().readTree(results.resolve("manifest.json"));
        assertTrue(manifest.path("kernels").asString().startsWith("cpu, "), manifest.toString());
        assertTrue(manifest.path("data").path("train").path("crc32c").asString().matches("[0-9a-f]{8}"), manifest.toString());

        Safetensors last = Safetensors.read(results.resolve("last.safetensors"));
        assertEquals(name, last.metadata().get("name"));
        assertEquals(Integer.toString(epochs), last.metadata().get("epoch"));
        assertEquals(lines.get(ended - 1).path("step").asString(), last.metadata().get("step"));
        // What batch normalisation keeps in mind is no parameter.
        assertEquals(manifest.path("parameters").longValue(), last.tensors().entrySet().stream()
                .filter(tensor -> !tensor.getKey().matches(".*\\.running_(mean|var)"))
                .mapToLong(tensor -> tensor.getValue().shape().size()).sum());

        Safetensors best = Safetensors.read(results.resolve("best.safetensors"));
        assertEquals(lines.getLast().path("bestEpoch").asString(), best.metadata().get("epoch"));
        assertEquals(last.tensors().keySet(), best.tensors().keySet());
    }

    /** The example plugin is built after this module, so it is compiled here, from its sources. */
    private Path examplePlugin() throws IOException {
        return PluginJar.build(folder.resolve("plugin-example.jar"), Path.of("../plugins/plugin-example/src/main/java"), "org.thalweg.example.ExamplePlugin");
    }
}
