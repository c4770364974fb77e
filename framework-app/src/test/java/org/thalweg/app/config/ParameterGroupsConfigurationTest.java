package org.thalweg.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.settings.Settings;
import org.thalweg.app.pipeline.ParameterGroup;
import org.thalweg.app.plugin.PluginLoader;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.optim.Adam;
import org.thalweg.optim.Lookahead;
import org.thalweg.optim.Sgd;

class ParameterGroupsConfigurationTest {
    private static final String RUN = """
            data: {train: {type: bundled, name: iris}}
            model: {type: dense, units: 3}
            loss: cross-entropy
            optimizer:
              type: adam
              beta1: 0.8
              groups:
                - {parameters: "*.bias", learningRate: 0.1}
                - {parameters: [a.*, b.*], frozen: true}
            training: {epochs: 2}
            """;

    @TempDir
    Path folder;

    private static Optimizer adam(Map<String, ?> settings) {
        return Settings.of(Adam.class, settings);
    }

    @Test
    void a_group_takes_over_what_it_does_not_set() throws IOException {
        GroupedOptimizer optimizer = run().optimizer();

        assertEquals(adam(Map.of("beta1", 0.8)), optimizer.optimizer());
        assertEquals(List.of(
                        new ParameterGroup(List.of("*.bias"), Optional.of(adam(Map.of("beta1", 0.8, "learningRate", 0.1)))),
                        new ParameterGroup(List.of("a.*", "b.*"), Optional.empty())),
                optimizer.groups());
    }

    @Test
    void overrides_reach_into_groups_and_add_some() throws IOException {
        assertEquals(Optional.of(adam(Map.of("beta1", 0.8, "learningRate", 0.1, "weightDecay", 1))),
                run("optimizer.groups[0].weightDecay=1").optimizer().groups().getFirst().optimizer());
        assertEquals(Optional.of(adam(Map.of("beta1", 0.8, "learningRate", 1))),
                run("optimizer.groups[2]={parameters: c, learningRate: 1}").optimizer().groups().getLast().optimizer());
    }

    @Test
    void a_group_may_have_another_optimizer_or_a_part_of_a_nested_one() throws IOException {
        assertEquals(Optional.of(Settings.of(Sgd.class, Map.of("momentum", 0.9))),
                run("optimizer.groups[0]={parameters: x, type: sgd, momentum: 0.9}").optimizer().groups().getFirst().optimizer());
        assertEquals(Optional.of(new Lookahead((Optimizer) Settings.of(Sgd.class, Map.of("momentum", 0.9, "learningRate", 2)), 7, 0.5)),
                run("optimizer={type: lookahead, steps: 7, optimizer: {type: sgd, momentum: 0.9}, groups: [{parameters: x, optimizer: {learningRate: 2}}]}")
                        .optimizer().groups().getFirst().optimizer());
    }

    @Test
    void mistakes_are_shown_in_the_group() {
        assertMistakes("run.yaml:8:44: optimizer.groups[0].learningRate: must be at least 0, but is -1.0", RUN.replace("0.1}", "-1}"));
        assertMistakes("run.yaml:8:30: optimizer.groups[0].froze: unknown setting; did you mean 'frozen'; available: amsgrad, beta1, beta2, biasCorrection, "
                + "epsilon, frozen, learningRate, parameters, weightDecay", RUN.replace("learningRate: 0.1}", "froze: true}"));
        assertMistakes("run.yaml:8:7: optimizer.groups[0].parameters: is required: Patterns of the paths of the parameters, with * for any characters: *.bias.",
                RUN.replace("parameters: \"*.bias\", ", ""));
        assertMistakes("run.yaml:9:53: optimizer.groups[1].beta1: the group is frozen, so nothing else can be set: leave out 'beta1' or 'frozen'",
                RUN.replace("frozen: true", "frozen: true, beta1: 0"));
        assertMistakes("run.yaml:7:3: optimizer.group: unknown setting; did you mean 'groups'; available: amsgrad, beta1, beta2, biasCorrection, epsilon, groups, "
                + "learningRate, weightDecay", RUN.replace("groups:", "group:"));
        assertMistakes("run.yaml:8:7: optimizer.groups[0]: takes the whole data set at a step, the optimizer of the other parameters a batch: choose optimizers that agree",
                RUN.replace("learningRate: 0.1", "type: gradient-descent, learningRate: 0.1"));
        assertMistakes("run.yaml:9:20: optimizer.groups[1].parameters: a group needs a pattern of its parameters' paths, as *.bias", RUN.replace("[a.*, b.*]", "[]"));
    }

    @Test
    void a_mistake_in_the_optimizer_is_said_once() {
        assertMistakes("run.yaml:6:10: optimizer.beta1: must be at least 0, but is -0.8", RUN.replace("0.8", "-0.8"));
    }

    @Test
    void the_first_mistake_hides_no_other() {
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> read(RUN.replace("0.8", "-0.8").replace("0.1}", "-1}")));
        assertEquals(2, wrong.problems().size(), wrong.getMessage());
        assertFalse(wrong.getMessage().contains("groups[0].beta1"), wrong.getMessage());
    }

    private void assertMistakes(String expected, String text) {
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> read(text));
        assertEquals(expected, wrong.getMessage().replace(folder + "/", ""));
    }

    private RunConfiguration run(String... overrides) throws IOException {
        return read(RUN, overrides);
    }

    private RunConfiguration read(String text, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), text);
        try (PluginSet plugins = PluginLoader.load(ParameterGroupsConfigurationTest.class.getClassLoader(), Optional.empty())) {
            return ConfigurationReader.read(file, List.of(overrides), Map.of(), plugins.registry()).run();
        }
    }
}
