package org.thalweg.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.settings.SettingsProblem;

/** A folder of plugins, good and broken. */
class PluginLoaderTest {
    private static final String REGISTER = "registrar.optimizer(\"%s\", Plain.class);";

    @TempDir
    Path folder;

    @Test
    void a_plugin_is_loaded_from_a_folder_of_its_own_and_from_a_single_jar() throws IOException {
        good(folder.resolve("one/one.jar"), "One", "one", "first");
        good(folder.resolve("two.jar"), "Two", "two", "second");

        try (PluginSet plugins = load()) {
            assertEquals(List.of(), plugins.problems());
            assertEquals("one.jar", plugins.registry().plugins().get("one").origin());
            assertEquals("two.jar", plugins.registry().plugins().get("two").origin());
            List<SettingsProblem> problems = new ArrayList<>();
            Optimizer made = plugins.registry().resolve(Optimizer.class, Map.of("type", "first", "learningRate", 0.5), "optimizer", problems::add);
            assertEquals(List.of(), problems);
            assertEquals(0.5, made.learningRate());
        }
    }

    @Test
    void a_plugin_sees_the_API_of_the_host_but_none_of_its_other_classes() throws IOException {
        good(folder.resolve("one.jar"), "One", "one", "first");

        try (PluginSet plugins = load()) {
            ClassLoader loader = plugins.registry().plugins().get("one").plugin().getClass().getClassLoader();
            assertEquals(Optimizer.class, assertLoads(loader, Optimizer.class.getName()));
            assertEquals(org.slf4j.Logger.class, assertLoads(loader, "org.slf4j.Logger"));
            assertThrows(ClassNotFoundException.class, () -> loader.loadClass("com.google.inject.Guice"));
            assertThrows(ClassNotFoundException.class, () -> loader.loadClass(PluginRegistry.class.getName()));
        }
    }

    @Test
    void two_plugins_may_hold_classes_of_one_name() throws IOException {
        good(folder.resolve("one.jar"), "Same", "one", "first");
        good(folder.resolve("two.jar"), "Same", "two", "second");

        try (PluginSet plugins = load()) {
            assertEquals(List.of(), plugins.problems());
            assertTrue(plugins.registry().plugins().keySet().containsAll(List.of("one", "two")));
        }
    }

    @Test
    void a_missing_service_file_is_named_and_the_other_plugins_still_load() throws IOException {
        PluginJar.build(folder.resolve("mute/mute.jar"), "Mute", PluginJar.source("Mute", "mute", ""));
        good(folder.resolve("one.jar"), "One", "one", "first");

        assertProblem("the plugin " + folder.resolve("mute") + " has no META-INF/services/org.thalweg.api.plugin.Plugin (in mute.jar): "
                + "add that file with the name of the plugin's class");
    }

    @Test
    void a_constructor_that_throws_is_named_and_the_providers_after_it_still_load() throws IOException {
        PluginJar.build(folder.resolve("half.jar"), "One", PluginJar.source("One", "one", REGISTER.formatted("first")), "One$Broken", "One");

        assertProblem("a plugin in half.jar cannot be created and was left out: Provider One$Broken could not be instantiated: "
                + "IllegalStateException: no licence; repair it or remove its jar");
    }

    @Test
    void a_service_file_that_names_no_class_is_reported() throws IOException {
        PluginJar.build(folder.resolve("half.jar"), "One", PluginJar.source("One", "one", REGISTER.formatted("first")), "Typo", "One");

        assertProblem("a plugin in half.jar cannot be created and was left out: Provider Typo not found; repair it or remove its jar");
    }

    @Test
    void a_registration_that_throws_leaves_that_plugin_out() throws IOException {
        PluginJar.build(folder.resolve("bad.jar"), "Bad",
                PluginJar.source("Bad", "bad", REGISTER.formatted("lost") + "throw new IllegalStateException(\"no licence\");"), "Bad");
        good(folder.resolve("one.jar"), "One", "one", "first");

        try (PluginSet plugins = load()) {
            assertEquals(
                    List.of("the plugin Bad (bad.jar) failed while it registered and was left out: IllegalStateException: no licence"),
                    plugins.problems());
            assertTrue(plugins.registry().find(PluginKind.OPTIMIZER, "lost").isEmpty());
            assertTrue(plugins.registry().find(PluginKind.OPTIMIZER, "first").isPresent());
        }
    }

    @Test
    void a_library_that_the_plugin_forgot_is_named() throws IOException {
        PluginJar.build(folder.resolve("bad.jar"), "Bad",
                PluginJar.source("Bad", "bad", "throw new NoClassDefFoundError(\"org/apache/Thing\");"), "Bad");
        good(folder.resolve("one.jar"), "One", "one", "first");

        assertProblem("the plugin Bad (bad.jar) failed while it registered and was left out: "
                + "it needs the class org.apache.Thing, which is not there: put its jar next to the plugin's");
    }

    @Test
    void an_API_method_that_is_not_there_is_a_question_of_versions() throws IOException {
        PluginJar.build(folder.resolve("bad.jar"), "Bad",
                PluginJar.source("Bad", "bad", "throw new NoSuchMethodError(\"Registrar.tokenizer\");"), "Bad");
        good(folder.resolve("one.jar"), "One", "one", "first");

        assertProblem("the plugin Bad (bad.jar) failed while it registered and was left out: "
                + "it was compiled against another version of the API (Registrar.tokenizer): compile it against this one");
    }

    @Test
    void an_id_that_is_used_twice_is_reported_with_both_jars() throws IOException {
        good(folder.resolve("one.jar"), "One", "one", "first");
        good(folder.resolve("two.jar"), "Two", "one", "second");

        assertProblem("the plugin id 'one' is used twice, in one.jar and in two.jar: the second was left out; "
                + "remove one of the two, or give it another id");
    }

    @Test
    void a_bundled_API_is_reported_and_the_framework_s_own_is_used() throws IOException {
        String api = "package org.thalweg.api.plugin; public interface Plugin {}";
        PluginJar.build(folder.resolve("one/api.jar"), "Plugin", api);
        good(folder.resolve("one/one.jar"), "One", "one", "first");

        assertProblem("the plugin " + folder.resolve("one") + " bundles org.thalweg.api (in api.jar, one.jar): the framework's own is used; "
                + "give framework-api the scope 'provided' in the plugin's build");
    }

    @Test
    void a_plugin_folder_without_jars_is_reported() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        good(folder.resolve("one.jar"), "One", "one", "first");

        assertProblem("the plugin folder " + folder.resolve("empty")
                + " holds no jar: put the plugin's jar and its libraries there, or remove the folder");
    }

    @Test
    void files_that_are_no_plugins_do_not_disturb() throws IOException {
        Files.writeString(folder.resolve("README.md"), "hello");
        good(folder.resolve("one.jar"), "One", "one", "first");

        try (PluginSet plugins = load()) {
            assertEquals(List.of(), plugins.problems());
        }
    }

    @Test
    void a_folder_that_does_not_exist_is_a_mistake() {
        IOException mistake = assertThrows(
                IOException.class, () -> PluginLoader.load(getClass().getClassLoader(), Optional.of(folder.resolve("gone"))));
        assertEquals("the plugin folder " + folder.resolve("gone")
                + " does not exist: name a folder that holds one folder, or one jar, for each plugin, or the jar of one plugin", mistake.getMessage());
    }

    private static void good(Path jar, String name, String id, String optimizer) throws IOException {
        PluginJar.build(jar, name, PluginJar.source(name, id, REGISTER.formatted(optimizer)), name);
    }

    private PluginSet load() throws IOException {
        return PluginLoader.load(getClass().getClassLoader(), Optional.of(folder));
    }

    /** The folder gives one problem, and its optimizer 'first' is there all the same. */
    private void assertProblem(String expected) throws IOException {
        try (PluginSet plugins = load()) {
            assertEquals(List.of(expected), plugins.problems());
            assertTrue(plugins.registry().find(PluginKind.OPTIMIZER, "first").isPresent());
        }
    }

    private static Class<?> assertLoads(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
