package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.thalweg.app.plugin.PluginJar;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema accepts what is right and refuses what is wrong. */
class SchemaCommandTest {
    private static final Path EXAMPLES = Path.of("examples");

    @TempDir
    static Path folder;

    private static Schema schema;

    @BeforeAll
    static void print() throws IOException {
        Path plugin = PluginJar.build(folder.resolve("plugin-example.jar"), Path.of("../plugins/plugin-example/src/main/java"),
                "org.thalweg.example.ExamplePlugin");
        InProcess outcome = InProcess.run("schema", "--plugins", plugin.toString());
        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        JsonNode json = JsonMapper.shared().readTree(String.join("\n", outcome.out()));
        assertEquals("https://json-schema.org/draft/2020-12/schema", json.path("$schema").asString());
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(json);
    }

    /** Comparisons and sweeps are no pipelines. */
    private static final Set<String> OTHERS = Set.of("compare-optimizers.yaml", "sweep-iris.yaml");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !OTHERS.contains(file.getFileName().toString())).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_accepted(Path example) throws IOException {
        assertEquals(List.of(), problems(Files.readString(example)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "epochs: 60 => epochs: 0", "epochs: 60 => epochs: many", "training: => trainings:", "units: 16 => unit: 16", "units: 16 => units: 0",
        "type: sgd => type: sdg", "loss: cross-entropy => loss: cross-entrop", "stratified: true => stratified: 1", "name: iris} => name: irises}",
        "fraction: 0.2 => fraction: 1", "type: sgd => groups: [{parameters: x, units: 3}], type: sgd", "type: sgd => groups: [{frozen: true}], type: sgd",
        "type: sgd => groups: [{parameters: x, momentum: -1}], type: sgd", "loss: => classWeights: equal\nloss:", "transforms: [standardise] => transforms: standardise", "metrics: [accuracy] => metrics: [{labels: 3}]"
    })
    void mistakes_are_refused(String mistake) throws IOException {
        String[] change = mistake.split(" => ");
        String right = Files.readString(EXAMPLES.resolve("iris.yaml"));
        assertTrue(right.contains(change[0]), change[0]);

        assertTrue(!problems(right.replace(change[0], change[1])).isEmpty(), change[1]);
    }

    @Test
    void groups_and_weights_of_classes_are_accepted() throws IOException {
        String iris = Files.readString(EXAMPLES.resolve("iris.yaml"));
        assertEquals(List.of(), problems(iris.replace("type: sgd", "groups: [{parameters: \"*.bias\", momentum: 0}, {parameters: [a, b], frozen: true}, "
                + "{parameters: c, type: adam, beta1: 0.5}], type: sgd")));
        for (String weights : List.of("balanced", "[1, 2, 3]", "{setosa: 1, versicolor: 2.5}")) {
            assertEquals(List.of(), problems(iris + "classWeights: " + weights + "\n"));
        }
    }

    @Test
    void settings_have_their_descriptions_ranges_and_defaults() {
        JsonNode json = schema.getSchemaNode();
        JsonNode batchSize = json.path("properties").path("data").path("properties").path("batchSize");

        assertEquals("Rows of a batch, which is a step unless training.accumulate says more; the last batch of an epoch may be smaller.", batchSize.path("description").asString());
        assertEquals(32, batchSize.path("default").intValue());
        assertEquals(1, batchSize.path("minimum").intValue());
        assertEquals("#/$defs/grouped-optimizer", json.path("properties").path("optimizer").path("$ref").asString());
    }

    private static List<Error> problems(String yaml) {
        return schema.validate(JsonMapper.shared().<JsonNode>valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml)));
    }
}
