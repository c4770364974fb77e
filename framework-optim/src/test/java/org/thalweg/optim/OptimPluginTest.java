package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Setting;
import org.thalweg.api.training.StopCriterion;

class OptimPluginTest {
    private final Registrations registered = Registrations.of(new OptimPlugin());

    @Test
    void registersEverythingUnderItsName() {
        assertEquals("optim", new OptimPlugin().id());
        assertEquals(List.of(
                        "gradient-descent", "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "adamw",
                        "adamax", "nadam", "radam", "asgd", "rprop", "adafactor", "lion", "lamb", "lars", "adabelief", "yogi",
                        "schedule-free-sgd", "schedule-free-adamw", "muon", "lookahead", "exponential-moving-average"),
                registered.names(Optimizer.class));
        assertEquals(List.of(
                        "constant", "linear", "step", "multi-step", "exponential", "polynomial", "cosine-annealing",
                        "cosine-annealing-warm-restarts", "cyclic", "one-cycle", "reduce-on-plateau", "warm-up",
                        "inverse-square-root", "sequence", "product"),
                registered.names(Schedule.class));
        assertEquals(List.of(
                        "clip-by-global-norm", "clip-by-norm", "clip-by-value", "centralisation", "weight-decay"),
                registered.names(GradientTransform.class));
        assertEquals(List.of("loss-change", "gradient-norm", "patience"), registered.names(StopCriterion.class));
    }

    @Test
    void everySettingIsDescribedAndEveryRecordPublic() {
        for (Registrations.Entry entry : registered.entries()) {
            assertNotNull(entry.settings().getAnnotation(Description.class), entry.name());
            assertEquals(Modifier.PUBLIC, entry.settings().getModifiers() & Modifier.PUBLIC, entry.name());
            Setting.of(entry.settings()).forEach(s -> assertFalse(s.description().isEmpty(), entry.name() + "." + s.name()));
        }
    }

    @Test
    void servicesFileAndModuleNameTheSamePlugins() throws IOException {
        assertEquals(List.of(OptimPlugin.class.getName()), Registrations.services(OptimPlugin.class));
        assertEquals(Registrations.services(OptimPlugin.class), Registrations.provides(OptimPlugin.class));
    }
}
