package org.thalweg.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.api.settings.Settings;

class ExamplePluginTest {
    @Test
    void registersFourThings() {
        Map<String, Class<?>> registered = new LinkedHashMap<>();
        new ExamplePlugin().register(new Registrar() {
            @Override
            public <T, S extends Record> void register(
                    Class<T> kind, String name, Class<S> settings, Function<? super S, ? extends T> factory) {
                registered.put(name, settings);
            }
        });
        assertEquals(
                Map.of("sign-momentum", SignMomentum.class, "log-cosh", LogCosh.class, "swish", Swish.class, "running-average",
                        RunningAverage.class),
                registered);
    }

    @Test
    void settingsHaveDefaults() {
        assertEquals(new SignMomentum(0.0001, 0.9, 0.99), Settings.of(SignMomentum.class, Map.of()));
        assertEquals(new LogCosh(Reduction.MEAN), Settings.of(LogCosh.class, Map.of()));
        assertEquals(new Swish(1), Settings.of(Swish.class, Map.of()));
        assertEquals(new RunningAverage(0.9), Settings.of(RunningAverage.class, Map.of()));
    }

    /** On the module path the framework reads module-info.java, on the class path the file: they must say the same. */
    @Test
    void servicesFileAndModuleNameTheSamePlugin() throws IOException {
        try (InputStream file = ExamplePlugin.class.getResourceAsStream("/META-INF/services/" + Plugin.class.getName());
                InputStream module = ExamplePlugin.class.getResourceAsStream("/module-info.class")) {
            String inFile = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
            assertEquals(ExamplePlugin.class.getName(), inFile);
            assertEquals(
                    List.of(inFile), ModuleDescriptor.read(module).provides().stream().flatMap(p -> p.providers().stream()).toList());
        }
    }
}
