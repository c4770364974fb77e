package org.thalweg.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.api.training.StopReason;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.pipeline.TrainingResult;
import org.thalweg.app.plugin.PluginJar;
import org.thalweg.app.plugin.PluginLoader;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Tanh;
import org.thalweg.data.Bundled;
import org.thalweg.loss.CrossEntropy;
import org.thalweg.optim.Adam;

/** A guest leaves its host's process, streams, logging and memory alone. */
class EmbeddingTest {
    static JavaClasses framework;

    @TempDir
    Path folder;

    @BeforeAll
    static void read() {
        List<URL> places = Stream.of(Plugin.class, CpuBackend.class, Pipeline.class, Bundled.class, CrossEntropy.class, Adam.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation()).toList();
        framework = new ClassFileImporter().importUrls(places);
    }

    @Test
    void only_the_command_line_ends_the_process_or_hears_of_its_end() {
        noClasses().that().resideOutsideOfPackage("org.thalweg.app.cli..")
                .should().callMethod(System.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "halt", int.class)
                .orShould().callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .check(framework);
    }

    @Test
    void only_the_command_line_changes_what_belongs_to_the_process() {
        noClasses().that().resideOutsideOfPackage("org.thalweg.app.cli..")
                .should().accessField(System.class, "out")
                .orShould().accessField(System.class, "err")
                .orShould().callMethod(System.class, "setProperty", String.class, String.class)
                .orShould().callMethod(java.util.Locale.class, "setDefault", java.util.Locale.class)
                .check(framework);
    }

    @Test
    void no_logging_library_is_chosen_and_none_is_configured() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("ch.qos.logback..", "java.util.logging..", "org.apache.logging..").check(framework);
        for (String configuration : List.of("/logback.xml", "/log4j2.xml", "/logging.properties")) {
            assertNull(Pipeline.class.getResource(configuration), configuration);
        }
    }

    @Test
    void the_classes_of_a_plugin_can_go_when_nothing_that_it_made_is_in_use() throws Exception {
        PluginJar.build(folder.resolve("pond.jar"), "Pond", PluginJar.source("Pond", "pond", "registrar.optimizer(\"pond\", Plain.class);"), "Pond");
        List<WeakReference<?>> gone = trainWithThePlugin();
        for (int i = 0; i < 100 && gone.stream().anyMatch(reference -> reference.get() != null); i++) {
            System.gc();
            Thread.sleep(20);
        }
        gone.forEach(reference -> assertNull(reference.get(), () -> reference.get() + " is still held"));
    }

    /** What should be gone; in a method of its own, so that no local variable holds it. */
    private List<WeakReference<?>> trainWithThePlugin() throws IOException {
        try (PluginSet plugins = PluginLoader.load(getClass().getClassLoader(), Optional.of(folder))) {
            List<SettingsProblem> problems = new ArrayList<>();
            Optimizer optimizer = plugins.registry().resolve(Optimizer.class, Map.of("type", "pond"), "optimizer", problems::add);
            assertEquals(List.of(), problems);
            Dataset iris = new Bundled(Bundled.Name.IRIS).open(new DataContext(folder));
            Pipeline pipeline = Pipeline.builder()
                    .training(iris)
                    .model(Dense.of(8), new Tanh(), Dense.of(3))
                    .loss(Settings.of(CrossEntropy.class, Map.of()))
                    .optimizer(optimizer)
                    .epochs(2)
                    .build();
            TrainingResult result = pipeline.train();
            assertEquals(StopReason.Kind.COMPLETED, result.reason().kind());
            return List.of(new WeakReference<>(optimizer.getClass().getClassLoader()), new WeakReference<>(plugins), new WeakReference<>(pipeline));
        }
    }
}
