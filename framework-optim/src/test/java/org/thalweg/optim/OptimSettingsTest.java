package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;

class OptimSettingsTest {
    @Test
    void defaultsAreThoseOfPyTorch() {
        assertEquals(new Sgd(0.01, 0, 0, false, 0), Settings.of(Sgd.class, Map.of()));
        assertEquals(new Adam(0.001, 0.9, 0.999, 1e-8, 0), Settings.of(Adam.class, Map.of()));
        assertEquals(new ConstantRate(1, Optional.empty()), Settings.of(ConstantRate.class, Map.of()));
        assertEquals(new CosineAnnealing(10, 0), Settings.of(CosineAnnealing.class, Map.of("steps", 10)));
        assertEquals(new LossChange(1e-4, 3), Settings.of(LossChange.class, Map.of()));
        assertEquals(new Patience("validation.loss", 2, 0), Settings.of(Patience.class, Map.of("epochs", 2)));
    }

    @Test
    void gradientDescentNeedsALearningRateAndTakesTheWholeDataset() {
        assertTrue(Settings.of(GradientDescent.class, Map.of("learningRate", 0.5)).wholeDataset());
        assertFalse(Settings.of(Sgd.class, Map.of()).wholeDataset());
        assertTrue(problem(GradientDescent.class, Map.of()).startsWith("learningRate: is required"));
    }

    @Test
    void nesterovNeedsMomentumAndNoDampening() {
        assertEquals("nesterov needs a momentum above 0 and a dampening of 0, but momentum is 0.0 and dampening is 0.0",
                problem(Sgd.class, Map.of("nesterov", true)));
        assertEquals("nesterov needs a momentum above 0 and a dampening of 0, but momentum is 0.9 and dampening is 0.5",
                problem(Sgd.class, Map.of("nesterov", true, "momentum", 0.9, "dampening", 0.5)));
    }

    @Test
    void valuesOutOfRangeAreNamed() {
        assertEquals("beta2: must be below 1, but is 1.0", problem(Adam.class, Map.of("beta2", 1)));
        assertEquals("learningRate: must be at least 0, but is -1.0", problem(Sgd.class, Map.of("learningRate", -1)));
        assertEquals("maxNorm: must be above 0, but is 0.0", problem(ClipByGlobalNorm.class, Map.of("maxNorm", 0)));
        assertEquals("limit: must be above 0, but is -2.0", problem(ClipByValue.class, Map.of("limit", -2)));
        assertEquals("steps: must be at least 1, but is 0", problem(CosineAnnealing.class, Map.of("steps", 0)));
        assertEquals("steps: must be at least 0, but is -1", problem(ConstantRate.class, Map.of("steps", -1)));
    }

    private static String problem(Class<? extends Record> record, Map<String, ?> values) {
        return assertThrows(SettingsException.class, () -> Settings.of(record, values)).getMessage();
    }
}
