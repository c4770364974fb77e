package org.thalweg.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.multibindings.OptionalBinder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.training.StopReason;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.plugin.PluginLoader;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.app.plugin.PluginSet;

/** The framework in an injector that belongs to somebody else. */
class FrameworkModuleTest {
    static PluginSet plugins;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() throws IOException {
        plugins = PluginLoader.load(FrameworkModuleTest.class.getClassLoader(), Optional.empty());
    }

    @AfterAll
    static void close() {
        plugins.close();
    }

    /** A class of the host that wants to train. */
    record Laboratory(Trainer trainer, String motto) {
        @Inject
        Laboratory {}

        StopReason train(PluginRegistry plugins, String example, int seed, Path results) throws IOException {
            return trainer.train(
                    ConfigurationReader.read(Path.of("examples", example), List.of("training.epochs=3", "seed=" + seed), Map.of(), plugins),
                    RunFolder.at(results), List.of(), () -> false);
        }
    }

    static final class HostModule extends AbstractModule {
        @Override
        protected void configure() {
            bind(Laboratory.class);
        }

        @Provides
        String motto() {
            return "measure twice";
        }
    }

    @Test
    void it_installs_into_the_injector_of_a_host() throws IOException {
        Laboratory laboratory = host().getInstance(Laboratory.class);

        assertEquals("measure twice", laboratory.motto());
        assertEquals(StopReason.Kind.COMPLETED, laboratory.train(plugins.registry(), "iris.yaml", 1, folder.resolve("run")).kind());
    }

    @Test
    void two_injectors_train_at_once_as_each_does_alone() throws Exception {
        byte[] first = trained(host(), "iris.yaml", "alone-1");
        byte[] second = trained(host(), "wine.yaml", "alone-2");
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<byte[]> one = threads.submit(() -> trained(host(), "iris.yaml", "together-1"));
            Future<byte[]> two = threads.submit(() -> trained(host(), "wine.yaml", "together-2"));
            assertArrayEquals(first, one.get());
            assertArrayEquals(second, two.get());
        }
    }

    @Test
    void a_host_may_bring_a_trainer_of_its_own() {
        Trainer own = (configuration, results, listeners, cancelled) -> new StopReason(StopReason.Kind.COMPLETED, "nothing to do");
        Injector injector = Guice.createInjector(
                FrameworkModule.strict(),
                new FrameworkModule(plugins.registry()),
                binder -> OptionalBinder.newOptionalBinder(binder, Trainer.class).setBinding().toInstance(own));

        assertSame(own, injector.getInstance(Trainer.class));
    }

    private static Injector host() {
        return Guice.createInjector(new HostModule(), new FrameworkModule(plugins.registry()));
    }

    private byte[] trained(Injector injector, String example, String results) throws IOException {
        injector.getInstance(Laboratory.class).train(plugins.registry(), example, 7, folder.resolve(results));
        return Files.readAllBytes(folder.resolve(results).resolve("last.safetensors"));
    }
}
