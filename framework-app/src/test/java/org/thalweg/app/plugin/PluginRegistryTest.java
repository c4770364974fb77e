package org.thalweg.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.app.plugin.TestPlugin.Adam;
import org.thalweg.app.plugin.TestPlugin.Averaged;

class PluginRegistryTest {
    private final List<SettingsProblem> problems = new ArrayList<>();

    @Test
    void a_name_alone_takes_all_defaults() {
        assertEquals(new Adam(0.001, List.of(0.9, 0.999)), resolve("adam"));
        assertEquals(List.of(), problems);
    }

    @Test
    void a_map_holds_the_name_and_its_settings() {
        assertEquals(new Adam(0.1, List.of(0.9, 0.999)), resolve(Map.of("type", "adam", "learningRate", 0.1)));
    }

    @Test
    void references_nest() {
        assertEquals(
                new Averaged(new Adam(0.1, List.of(0.9, 0.999))),
                resolve(Map.of("type", "averaged", "inner", Map.of("type", "adam", "learningRate", 0.1))));
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest_and_all_names() {
        assertProblem("adamm", "optimizer: no optimizer is called 'adamm'; did you mean 'adam'; available: adam, averaged");
        assertProblem(Map.of("type", "adamm"), "optimizer.type: no optimizer is called 'adamm'; did you mean 'adam'; available: adam, averaged");
    }

    @Test
    void a_missing_type_is_asked_for() {
        assertProblem(Map.of("learningRate", 1),
                "optimizer: says not which optimizer it is: write {type: NAME, ...}; available: adam, averaged");
    }

    @Test
    void anything_but_a_name_or_a_map_is_refused() {
        String expected = "optimizer: must be the name of an optimizer or {type: NAME, ...}; available: adam, averaged";
        for (Object wrong : Arrays.asList(3, true, List.of("adam"), null, Map.of("type", 7))) {
            assertProblem(wrong, expected);
        }
    }

    @Test
    void wrong_settings_are_reported_where_they_stand() {
        assertProblem(Map.of("type", "averaged", "inner", Map.of("type", "adam", "learningrate", 1)),
                "optimizer.inner.learningrate: unknown setting; did you mean 'learningRate'; available: betas, learningRate");
        assertProblem(Map.of("type", "adam", "betas", List.of(0.9, 1)), "optimizer.betas[1]: must be below 1, but is 1.0");
    }

    @Test
    void a_factory_that_fails_is_named_with_its_plugin_and_jar() {
        PluginRegistry registry = registry(registrar -> {
            registrar.register(Layer.class, "odd", TestPlugin.Flatten.class, settings -> {
                throw new UnsupportedOperationException("not yet");
            });
            registrar.register(Layer.class, "strict", TestPlugin.Flatten.class, settings -> {
                throw new IllegalArgumentException("needs a GPU");
            });
            registrar.register(Layer.class, "none", TestPlugin.Flatten.class, settings -> null);
        });

        assertNull(registry.resolve(Layer.class, "odd", "model", problems::add));
        assertNull(registry.resolve(Layer.class, "strict", "model", problems::add));
        assertNull(registry.resolve(Layer.class, "none", "model", problems::add));
        assertEquals(
                List.of("model: layer 'odd' of plugin 'one' (one.jar) failed: UnsupportedOperationException: not yet",
                        "model: needs a GPU",
                        "model: layer 'none' of plugin 'one' (one.jar) failed: its factory did not return a layer"),
                problems.stream().map(SettingsProblem::toString).toList());
    }

    @Test
    void a_name_that_two_plugins_claim_is_used_by_neither() {
        PluginRegistry registry = new PluginRegistry(List.of(
                new LoadedPlugin(new TestPlugin("one", registrar -> registrar.optimizer("adam", Adam.class)), "one.jar"),
                new LoadedPlugin(new TestPlugin("two", registrar -> registrar.optimizer("adam", Adam.class)), "two.jar")));
        String expected = "optimizer 'adam' is registered twice, by plugin 'one' (one.jar) and by plugin 'two' (two.jar): "
                + "neither is used; remove one of the two, or rename it there";

        assertEquals(List.of(expected), registry.problems());
        assertNull(registry.resolve(Optimizer.class, "adam", "optimizer", problems::add));
        assertEquals("optimizer: " + expected, problems.getFirst().toString());
    }

    @Test
    void one_name_in_two_kinds_is_fine() {
        PluginRegistry registry = registry(registrar -> {
            registrar.layer("flatten", TestPlugin.Flatten.class);
            registrar.loss("flatten", TestPlugin.CrossEntropy.class);
        });
        assertEquals(List.of(), registry.problems());
    }

    @Test
    void a_name_that_is_registered_twice_by_one_plugin_counts_once() {
        assertRegistration(registrar -> {
            registrar.layer("flatten", TestPlugin.Flatten.class);
            registrar.layer("flatten", TestPlugin.Flatten.class);
        }, "plugin 'one' (one.jar) registers layer 'flatten' twice: the first counts; remove the second");
    }

    @Test
    void a_name_that_is_not_kebab_case_is_refused_with_a_better_one() {
        assertRegistration(registrar -> registrar.optimizer("MyAdam", Adam.class),
                "plugin 'one' (one.jar) registers optimizer 'MyAdam', which is not kebab-case: call it 'my-adam'");
        assertRegistration(registrar -> registrar.optimizer("", Adam.class),
                "plugin 'one' (one.jar) registers optimizer '', which is not kebab-case: use small letters, digits and single hyphens");
    }

    @Test
    void an_id_that_is_not_kebab_case_is_refused() {
        PluginRegistry registry = new PluginRegistry(List.of(new LoadedPlugin(new TestPlugin("My Plugin", registrar -> {}), "one.jar")));
        assertEquals(List.of("the plugin in one.jar has the id 'My Plugin', which is not kebab-case: call it 'my-plugin'"), registry.problems());
    }

    @Test
    void a_kind_that_does_not_exist_is_refused() {
        assertRegistration(registrar -> registrar.register(String.class, "text", TestPlugin.Flatten.class, Record::toString),
                "plugin 'one' (one.jar) registers 'text' as java.lang.String, which is not a kind of plugin: use one of Optimizer, Schedule, "
                        + "GradientTransform, Minimizer, Loss, Layer, Initializer, Metric, DataSource, Transform, StopCriterion");
    }

    @Test
    void a_setting_called_type_is_refused() {
        record Typed(String type) {}
        assertRegistration(registrar -> registrar.register(Layer.class, "typed", Typed.class, settings -> new TestPlugin.Flatten()),
                "plugin 'one' (one.jar) registers layer 'typed' with a setting called 'type', which is reserved for the name: rename it in "
                        + Typed.class.getName());
    }

    @Test
    void an_optimizers_settings_leave_the_names_of_groups_alone() {
        record Frozen(double frozen) {}
        assertRegistration(registrar -> registrar.register(Optimizer.class, "ice", Frozen.class, settings -> null),
                "plugin 'one' (one.jar) registers optimizer 'ice' with a setting called 'frozen', which is reserved for groups of parameters: rename it in "
                        + Frozen.class.getName());
    }

    @Test
    void a_plugin_runs_with_its_own_loader_as_context() {
        ClassLoader[] seen = new ClassLoader[1];
        registry(registrar -> seen[0] = Thread.currentThread().getContextClassLoader());
        assertEquals(TestPlugin.class.getClassLoader(), seen[0]);
        assertTrue(PluginKind.GRADIENT_TRANSFORM.one().equals("a gradient-transform"));
    }

    private Optimizer resolve(Object value) {
        return TestPlugin.registry().resolve(Optimizer.class, value, "optimizer", problems::add);
    }

    private void assertProblem(Object value, String expected) {
        problems.clear();
        assertNull(resolve(value));
        assertEquals(List.of(expected), problems.stream().map(SettingsProblem::toString).toList());
    }

    private static PluginRegistry registry(Consumer<Registrar> registrations) {
        return new PluginRegistry(List.of(new LoadedPlugin(new TestPlugin("one", registrations), "one.jar")));
    }

    private static void assertRegistration(Consumer<Registrar> registrations, String expected) {
        assertEquals(List.of(expected), registry(registrations).problems());
    }
}
