package org.thalweg.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.layer.Sequence;
import org.thalweg.app.plugin.TestPlugin;
import org.thalweg.app.plugin.TestPlugin.Adam;
import org.thalweg.app.plugin.TestPlugin.Dense;
import org.thalweg.app.plugin.TestPlugin.Flatten;
import org.thalweg.app.plugin.TestPlugin.Numbers;
import org.thalweg.app.plugin.TestPlugin.Residual;

class ConfigurationReaderTest {
    private static final String GOOD = """
            data:
              train: {type: numbers, rows: 100}
              validation: {fraction: 0.1, stratified: true}
            model:
              - flatten
              - {type: dense, units: 8, activation: relu}
            loss: cross-entropy
            optimizer: {type: adam, learningRate: 1e-3}
            metrics: [accuracy]
            training: {epochs: 2}
            """;

    @TempDir
    Path folder;

    private Map<String, String> environment = Map.of();

    @Test
    void a_file_becomes_the_settings_of_a_run() throws IOException {
        RunConfiguration run = read(GOOD).run();

        assertEquals("run", run.name());
        assertEquals(42, run.seed());
        assertEquals(Precision.FLOAT32, run.dtype());
        assertEquals(new Numbers(100), run.data().train());
        assertEquals(Optional.empty(), run.data().test());
        assertEquals(Optional.of(Split.fraction(0.1, true)), run.data().validation());
        assertEquals(32, run.data().batchSize());
        assertEquals(new Sequence(List.of(new Flatten(), new Dense(8, "relu"))), run.model());
        assertEquals("cross-entropy", run.loss().name());
        assertEquals(new Adam(0.001, List.of(0.9, 0.999)), run.optimizer().optimizer());
        assertEquals(List.of("accuracy"), run.metrics().stream().map(NamedMetric::name).toList());
        assertEquals(2, run.training().epochs());
        assertEquals(Runtime.getRuntime().availableProcessors(), run.training().usableThreads());
    }

    @Test
    void data_files_are_looked_for_next_to_the_configuration() throws IOException {
        assertEquals(folder.toAbsolutePath().resolve("a.csv"), read(GOOD).context().resolve("a.csv"));
    }

    @Test
    void the_tree_keeps_what_was_read_with_the_name_filled_in() throws IOException {
        Map<String, Object> tree = read(GOOD, "seed=7").tree();

        assertEquals("run", tree.get("name"));
        assertEquals(7L, tree.get("seed"));
        assertEquals(Map.of("epochs", 2L), tree.get("training"));
    }

    @Test
    void metrics_of_one_name_are_numbered() throws IOException {
        assertEquals(List.of("accuracy", "accuracy-2"),
                read(GOOD, "metrics=[accuracy, {type: accuracy}]").run().metrics().stream().map(NamedMetric::name).toList());
    }

    @Test
    void more_threads_than_processors_are_not_used() throws IOException {
        assertEquals(Runtime.getRuntime().availableProcessors(), read(GOOD, "training.threads=100000").run().training().usableThreads());
        assertEquals(1, read(GOOD, "training.threads=1").run().training().usableThreads());
    }

    @Test
    void all_problems_are_reported_by_place() {
        String wrong = """
                sede: 7
                data:
                  train: numbrs
                model:
                  - flatten
                  - {type: residual, body: [{type: dense, units: 0}]}
                loss: cross-entropy
                optimizer:
                  type: adam
                  learningrate: 0.1
                training: {}
                """;
        assertProblems(wrong,
                "run.yaml:1:1: sede: unknown setting; did you mean 'seed'; available: classWeights, data, dtype, gradientTransforms, loss, metrics, model, modelInputs, "
                        + "name, optimizer, schedule, seed, training",
                "run.yaml:3:10: data.train: no data-source is called 'numbrs'; did you mean 'numbers'; available: numbers",
                "run.yaml:6:50: model[1].body[0].units: must be at least 1, but is 0",
                "run.yaml:10:3: optimizer.learningrate: unknown setting; did you mean 'learningRate'; available: betas, groups, learningRate",
                "run.yaml:11:11: training.epochs: is required: How often the training data is gone through, at most.");
    }

    @Test
    void an_override_changes_a_map_a_list_and_a_bare_name() throws IOException {
        RunConfiguration run = read(GOOD, "model[1].units=64", "optimizer.learningRate=0.5", "data.train=numbers", "data.train.rows=3",
                "data.test.type=numbers", "model[2]={type: residual, body: flatten}").run();

        assertEquals(new Sequence(List.of(new Flatten(), new Dense(64, "relu"), new Residual(new Flatten()))), run.model());
        assertEquals(0.5, run.optimizer().optimizer().learningRate());
        assertEquals(new Numbers(3), run.data().train());
        assertEquals(Optional.of(new Numbers(10)), run.data().test());
    }

    @Test
    void an_empty_override_takes_a_setting_back() throws IOException {
        assertEquals(Optional.empty(), read(GOOD, "data.validation=").run().data().validation());
    }

    @Test
    void an_override_that_does_not_fit_is_reported() {
        assertOverride("seed", "--set seed: must be path=value, as in optimizer.learningRate=0.01 or model[1].units=64");
        assertOverride("=1", "--set =1: must be path=value, as in optimizer.learningRate=0.01 or model[1].units=64");
        assertOverride("a..b=1", "--set a..b=1: must be path=value, as in optimizer.learningRate=0.01 or model[1].units=64");
        assertOverride("model[7].units=1", "--set model[7].units=1: model: has 2 elements, so [7] is not there: [2] appends one");
        assertOverride("data[0]=1", "--set data[0]=1: data: is a map, not a list, so it has no [0]");
        assertOverride("training.epochs.most=1", "--set training.epochs.most=1: training.epochs: is 2, so it has no 'most'");
        assertOverride("model.units=1", "--set model.units=1: model: is a list, so it has no 'units'");
    }

    @Test
    void a_wrong_value_in_an_override_is_reported_at_the_option() {
        assertOverride("optimizer.learningRate=-1",
                "--set optimizer.learningRate=-1: optimizer.learningRate: must be above 0, but is -1.0");
        assertOverride("optimizer.rate=1",
                "--set optimizer.rate=1: optimizer.rate: unknown setting; available: betas, groups, learningRate");
        assertOverride("seed={", "--set seed={: is not YAML: while parsing a flow node, expected the node content, but found '<stream end>'");
    }

    @Test
    void variables_are_replaced_and_take_their_type_from_the_text() throws IOException {
        environment = Map.of("RATE", "0.25", "NAME", "x");
        String text = GOOD.replace("{type: adam, learningRate: 1e-3}", "\n  type: adam\n  learningRate: ${RATE}")
                + "name: run-${NAME}-${OTHER:-y}-$${Z}\nseed: ${SEED:-9}\n";
        RunConfiguration run = read(text).run();

        assertEquals(0.25, run.optimizer().optimizer().learningRate());
        assertEquals("run-x-y-${Z}", run.name());
        assertEquals(9, run.seed());
    }

    @Test
    void a_variable_that_is_not_set_is_reported_with_its_place() {
        assertProblems(GOOD + "name: a-${NAME}\n",
                "run.yaml:11:7: name: the environment variable NAME is not set: set it, or write ${NAME:-default}");
        assertProblems(GOOD + "name: a-${NA ME}\n",
                "run.yaml:11:7: name: a variable is written ${NAME} or ${NAME:-default}; for the characters themselves write $${");
    }

    @Test
    void a_configuration_is_written_with_its_variables_by_name_and_reads_the_same_again() throws IOException {
        environment = Map.of("RATE", "0.25", "PASSWORD", "hush", "KIND", "adam");
        LoadedConfiguration read = read(GOOD.replace("{type: adam, learningRate: 1e-3}", "${KIND}") + "name: \"yes ${PASSWORD} $${Z}\"\n",
                "optimizer.learningRate=${RATE}", "seed=7");

        assertEquals("""
                data:
                  train:
                    type: numbers
                    rows: 100
                  validation:
                    fraction: 0.1
                    stratified: true
                model:
                - flatten
                - type: dense
                  units: 8
                  activation: relu
                loss: cross-entropy
                optimizer:
                  type: ${KIND}
                  learningRate: ${RATE}
                metrics:
                - accuracy
                training:
                  epochs: 2
                name: "yes ${PASSWORD} $${Z}"
                seed: 7
                """, read.yaml());
        assertEquals(read.run(), read(read.yaml()).run());
        environment = Map.of();
        assertProblems(read.yaml(),
                "run.yaml:15:9: optimizer.type: the environment variable KIND is not set: set it, or write ${KIND:-default}",
                "run.yaml:16:17: optimizer.learningRate: the environment variable RATE is not set: set it, or write ${RATE:-default}",
                "run.yaml:21:7: name: the environment variable PASSWORD is not set: set it, or write ${PASSWORD:-default}");
    }

    @Test
    void texts_that_look_like_something_else_are_written_in_quotes() {
        assertEquals("""
                - "1e-3"
                - "0x10"
                - "true"
                - ""
                - yes
                - a b/c.csv
                - "a: b"
                - "x $${HOME}"
                - 0.001
                - -7
                """, ConfigurationText.of(listed("1e-3", "0x10", "true", "", "yes", "a b/c.csv", "a: b", "x ${HOME}", 1e-3, -7L)).replace("list:\n", ""));
    }

    private static Map<String, Object> listed(Object... values) {
        ConfigurationTree tree = new ConfigurationTree(new Place("f", 1, 1));
        tree.root().put("list", List.of(values));
        return tree.withVariables();
    }

    @Test
    void scalars_follow_the_core_schema_of_YAML_1_2() throws IOException {
        String list = "[1e-3, .5, -1.5E+2, 0x1F, 0o17, 017, 1_000, yes, no, on, True, ~, null, .inf, '1', \"true\", 2026-01-01, 12:30]";
        assertEquals(
                Arrays.asList(1e-3, .5, -150.0, 31L, 15L, 17L, "1_000", "yes", "no", "on", true, null, null, Double.POSITIVE_INFINITY, "1", "true",
                        "2026-01-01", "12:30"),
                tree("values: " + list).get("values"));
    }

    @Test
    void a_repeated_key_is_reported_where_it_stands() {
        assertProblems(GOOD + "loss: cross-entropy\n", "run.yaml:11:1: loss: is given twice, first in line 7: remove one of the two");
    }

    @Test
    void an_alias_stands_for_what_it_names() throws IOException {
        String text = "a: &x {b: 1}\nc: *x\n";
        assertEquals(Map.of("a", Map.of("b", 1L), "c", Map.of("b", 1L)), tree(text));
    }

    @Test
    void an_alias_of_itself_is_reported() {
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> read("a: &x [*x]\n"));
        assertTrue(wrong.getMessage().contains("run.yaml:1:4: a[0]: contains itself through an alias: write it out"), wrong.getMessage());
    }

    @Test
    void aliases_that_expand_without_end_are_reported() {
        StringBuilder text = new StringBuilder("a0: &a0 [1, 1]\n");
        for (int i = 1; i < 25; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> read(text.toString()));
        assertTrue(wrong.getMessage().contains("has more than 100000 values: its aliases expand too far"), wrong.getMessage());
    }

    @Test
    void a_syntax_error_is_one_sentence_with_its_place() {
        assertProblems("a: [1, 2\nb: 3\n", "run.yaml:2:2: is not YAML: while parsing a flow sequence, expected ',' or ']', but got :");
        assertProblems("a:\n\tb: 1\n",
                "run.yaml:2:1: is not YAML: while scanning for the next token, found character '\\t(TAB)' that cannot start any token. "
                        + "(Do not use \\t(TAB) for indentation)");
        assertProblems("a: {b: ${C}}\n", "run.yaml:1:9: is not YAML: while parsing a flow mapping, expected ',' or '}', but got {; "
                + "inside { } and [ ] a ${VARIABLE} must stand in quotes");
    }

    @Test
    void a_file_that_is_nested_without_end_is_reported() {
        assertProblems("[".repeat(100_000), "run.yaml:1:1: is nested too deeply to be a configuration");
    }

    @Test
    void a_file_that_is_empty_or_no_map_is_reported() {
        assertProblems("", "run.yaml:1:1: is empty: write at least data, model, loss, optimizer and training");
        assertProblems("# nothing\n", "run.yaml:1:1: is empty: write at least data, model, loss, optimizer and training");
        assertProblems("- a\n", "run.yaml:1:1: must be a map of settings, as in 'seed: 42'");
        assertProblems("hello\n", "run.yaml:1:1: must be a map of settings, as in 'seed: 42'");
    }

    @Test
    void a_file_that_cannot_be_read_is_reported() throws IOException {
        Path gone = folder.resolve("gone.yaml");
        assertEquals(gone + ": there is no such file: name a YAML file that describes a run", message(gone));
        assertEquals(folder + ": is a folder: name a YAML file that describes a run", message(folder));
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xE4, '\n'});
        assertEquals(latin + ": is not text in UTF-8: save it in that encoding", message(latin));
    }

    @Test
    void settings_that_contradict_each_other_are_reported() {
        assertOverrides(List.of("data.test=numbers", "data.testSplit.fraction=0.2"),
                "run.yaml:2:3: data: has both 'test' and 'testSplit': keep 'test', or take the test data from 'train' with 'testSplit'");
        assertOverrides(List.of("data.testSplit.fraction=0.9"),
                "run.yaml:2:3: data: 'validation' and 'testSplit' together leave nothing to train on: their fractions must add up to less than 1");
    }

    @Test
    void a_part_is_described_in_one_of_three_ways() {
        assertSplit("{fold: 1}", "needs both 'fold' and 'of', as in {fold: 1, of: 5}");
        assertSplit("{column: part}", "needs both 'column' and 'equals', as in {column: part, equals: [test]}");
        assertSplit("{fraction: 0.1, fold: 1, of: 5}", "needs one of {fraction: 0.2}, {fold: 1, of: 5} and {column: part, equals: [test]}");
        assertSplit("{}", "needs one of {fraction: 0.2}, {fold: 1, of: 5} and {column: part, equals: [test]}");
        assertSplit("{fold: 6, of: 5}", "there is no fold 6 of 5: they are numbered from 1 to 5");
        assertSplit("{column: part, equals: [a], stratified: true}", "rows that a column chooses cannot be stratified: leave 'stratified' out");
    }

    private void assertSplit(String split, String expected) {
        assertOverride("data.validation=" + split, "--set data.validation=" + split + ": data.validation: " + expected);
    }

    private LoadedConfiguration read(String text, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), text);
        return ConfigurationReader.read(file, List.of(overrides), environment, TestPlugin.registry());
    }

    private static Map<String, Object> tree(String text) {
        ConfigurationTree tree = new ConfigurationTree(new Place("f", 1, 1));
        YamlReader.readFile(text, "f", "data", new Substitution(Map.of()), tree, problem -> {
            throw new AssertionError(problem.toString());
        });
        return tree.root();
    }

    private String message(Path file) {
        return assertThrows(
                        ConfigurationException.class,
                        () -> ConfigurationReader.read(file, List.of(), environment, TestPlugin.registry()))
                .getMessage();
    }

    private void assertProblems(String text, String... expected) {
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> read(text));
        List<String> lines = wrong.getMessage().lines().map(line -> line.replace(folder + "/", "")).toList();
        assertEquals(List.of(expected), lines);
    }

    private void assertOverride(String override, String expected) {
        assertOverrides(List.of(override), expected);
    }

    private void assertOverrides(List<String> overrides, String expected) {
        ConfigurationException wrong =
                assertThrows(ConfigurationException.class, () -> read(GOOD, overrides.toArray(String[]::new)));
        assertEquals(expected, wrong.getMessage().replace(folder + "/", ""));
    }
}
