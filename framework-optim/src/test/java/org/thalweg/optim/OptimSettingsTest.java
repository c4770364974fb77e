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
        assertEquals(new AdamW(0.001, 0.9, 0.999, 1e-8, 0.01, false), Settings.of(AdamW.class, Map.of()));
        assertEquals(new Adagrad(0.01, 0, 0, 0, 1e-10), Settings.of(Adagrad.class, Map.of()));
        assertEquals(new RmsProp(0.01, 0.99, false, 0, 0, 1e-8), Settings.of(RmsProp.class, Map.of()));
        assertEquals(new Adadelta(1, 0.9, 1e-6, 0), Settings.of(Adadelta.class, Map.of()));
        assertEquals(new Adamax(0.002, 0.9, 0.999, 1e-8, 0), Settings.of(Adamax.class, Map.of()));
        assertEquals(new NAdam(0.002, 0.9, 0.999, 1e-8, 0, 0.004, false), Settings.of(NAdam.class, Map.of()));
        assertEquals(new RAdam(0.001, 0.9, 0.999, 1e-8, 0), Settings.of(RAdam.class, Map.of()));
        assertEquals(new Asgd(0.01, 1e-4, 0.75, 1_000_000, 0), Settings.of(Asgd.class, Map.of()));
        assertEquals(new Rprop(0.01, 0.5, 1.2, 1e-6, 50), Settings.of(Rprop.class, Map.of()));
        assertEquals(new Adafactor(0.01, -0.8, 0.001, 1, 0), Settings.of(Adafactor.class, Map.of()));
        assertEquals(new LBfgs(1, 20, Optional.empty(), 100, 1e-7, 1e-9), Settings.of(LBfgs.class, Map.of()));
        assertEquals(new LinearRate(1.0 / 3, 1, 5), Settings.of(LinearRate.class, Map.of()));
        assertEquals(new StepDecay(30, 0.1), Settings.of(StepDecay.class, Map.of("steps", 30)));
        assertEquals(new PolynomialDecay(5, 1), Settings.of(PolynomialDecay.class, Map.of()));
        assertEquals(new CosineWarmRestarts(10, 1, 0), Settings.of(CosineWarmRestarts.class, Map.of("steps", 10)));
        assertEquals(new OneCycle(10, 1, 0.3, 25, 1e4, OneCycle.Line.COSINE, false), Settings.of(OneCycle.class, Map.of("steps", 10)));
        assertEquals(
                new ReduceOnPlateau("validation.loss", ReduceOnPlateau.Mode.MIN, 0.1, 10, 1e-4,
                        ReduceOnPlateau.ThresholdMode.RELATIVE, 0, 0, 1e-8),
                Settings.of(ReduceOnPlateau.class, Map.of()));
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
