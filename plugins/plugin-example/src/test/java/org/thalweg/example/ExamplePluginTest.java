package org.thalweg.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.settings.Settings;
import org.thalweg.testkit.PluginContract;
import org.thalweg.testkit.Registrations;

class ExamplePluginTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new ExamplePlugin();
    }

    @Test
    void registersFourThings() {
        assertEquals(
                List.of("sign-momentum", "log-cosh", "swish", "running-average"),
                Registrations.of(plugin()).entries().stream().map(Registrations.Entry::name).toList());
    }

    @Test
    void settingsHaveDefaults() {
        assertEquals(new SignMomentum(0.0001, 0.9, 0.99), Settings.of(SignMomentum.class, Map.of()));
        assertEquals(new LogCosh(Reduction.MEAN), Settings.of(LogCosh.class, Map.of()));
        assertEquals(new Swish(1), Settings.of(Swish.class, Map.of()));
        assertEquals(new RunningAverage(0.9), Settings.of(RunningAverage.class, Map.of()));
    }
}
