package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Minimizer;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.training.StopCriterion;
import org.thalweg.testkit.PluginContract;
import org.thalweg.testkit.Registrations;

class OptimPluginTest extends PluginContract {
    private final Registrations registered = Registrations.of(plugin());

    @Override
    protected Plugin plugin() {
        return new OptimPlugin();
    }

    /** What {@code describe} prints of those among which people choose. */
    @Test
    void everyOptimizerScheduleAndMinimizerHasItsFormulaUseAndSource() {
        for (Class<?> kind : List.of(Optimizer.class, Minimizer.class, Schedule.class)) {
            for (String name : registered.names(kind)) {
                Guide guide = registered.settings(kind, name).getAnnotation(Guide.class);
                assertNotNull(guide, name);
                for (String text : List.of(guide.formula(), guide.use(), guide.source())) {
                    assertFalse(text.isBlank(), name + ": " + guide);
                }
                assertEquals(kind == Schedule.class, guide.shapes().isBlank(), name + ": " + guide);
                assertEquals(kind == Schedule.class, guide.typical().isBlank(), name + ": " + guide);
            }
        }
    }

    @Test
    void registersEverythingUnderItsName() {
        assertEquals("optim", new OptimPlugin().id());
        assertEquals(List.of(
                        "gradient-descent", "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "adamw", "sparse-adam",
                        "adamax", "nadam", "radam", "asgd", "rprop", "adafactor", "lion", "lamb", "lars", "adabelief", "yogi",
                        "schedule-free-sgd", "schedule-free-adamw", "muon", "lookahead", "exponential-moving-average", "row-sparse"),
                registered.names(Optimizer.class));
        assertEquals(List.of(
                        "constant", "linear", "step", "multi-step", "exponential", "polynomial", "cosine-annealing",
                        "cosine-annealing-warm-restarts", "cyclic", "one-cycle", "reduce-on-plateau", "warm-up",
                        "inverse-square-root", "sequence", "product"),
                registered.names(Schedule.class));
        assertEquals(List.of(
                        "clip-by-global-norm", "clip-by-norm", "clip-by-value", "centralisation", "weight-decay", "noise"),
                registered.names(GradientTransform.class));
        assertEquals(List.of("loss-change", "gradient-norm", "patience"), registered.names(StopCriterion.class));
    }

    @Test
    void settingsMayNameOtherOptimizersAndSchedules() {
        assertEquals(new Muon(0.001, 0.95, true, 0.1, 5, new AdamW(0.001, 0.9, 0.999, 1e-8, 0.01, false)),
                registered.make(Optimizer.class, "muon", Map.of()));
        assertEquals(new Lookahead(new Lion(0.0001, 0.9, 0.99, 0), 5, 0.5),
                registered.make(Optimizer.class, "lookahead", Map.of("optimizer", "lion")));
        assertEquals(new WarmUp(10, new ConstantRate(1, Optional.empty())), registered.make(Schedule.class, "warm-up", Map.of("steps", 10)));
        assertEquals(new ScheduleSequence(List.of(new StepDecay(5, 0.1), new ExponentialDecay(0.5)), List.of(20L)),
                registered.make(Schedule.class, "sequence", Map.of(
                        "schedules", List.of(Map.of("type", "step", "steps", 5), Map.of("type", "exponential", "gamma", 0.5)),
                        "milestones", List.of(20))));
    }
}
