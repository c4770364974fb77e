package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.training.StopCriterion;
import org.thalweg.api.training.TrainingListener.EpochEnded;
import org.thalweg.api.training.TrainingListener.StepEnded;

class StopCriteriaTest {
    @Test
    void lossChangeStopsAfterEnoughSettledEpochsInARow() {
        StopCriterion.Monitor monitor = new LossChange(0.01, 2).start();
        assertNull(after(monitor, "train.loss", 1.0, 0.5, 0.499, 0.4, 0.399));
        assertEquals("the training loss changed by less than 0.01 of itself for 2 epochs, to 0.398", after(monitor, "train.loss", 0.398));
    }

    @Test
    void lossChangeTakesALossThatStaysZeroForSettled() {
        assertNull(after(new LossChange(0.01, 2).start(), "train.loss", 0.0, 0.0));
        assertTrue(after(new LossChange(0.01, 2).start(), "train.loss", 0.0, 0.0, 0.0) != null);
    }

    @Test
    void everyRunHasAMonitorOfItsOwn() {
        LossChange criterion = new LossChange(0.01, 1);
        assertNull(after(criterion.start(), "train.loss", 1.0));
        assertNull(after(criterion.start(), "train.loss", 1.0));
    }

    @Test
    void gradientNormStopsBelowTheBoundAndAsksForTheNorm() {
        GradientNorm criterion = new GradientNorm(1e-3);
        assertTrue(criterion.needsGradientNorm());
        assertFalse(new LossChange(0.01, 2).needsGradientNorm());
        StopCriterion.Monitor monitor = criterion.start();
        assertNull(monitor.afterStep(new StepEnded(1, 1, 0.5, 0.1, 1e-3)));
        assertNull(monitor.afterStep(new StepEnded(1, 2, 0.5, 0.1, Double.NaN)));
        assertEquals("the norm of the gradients, 5.0E-4, is below 0.001", monitor.afterStep(new StepEnded(1, 3, 0.5, 0.1, 5e-4)));
    }

    @Test
    void patienceWaitsForALowerLoss() {
        StopCriterion.Monitor monitor = new Patience("validation.loss", 2, 0).start();
        assertNull(after(monitor, "validation.loss", 1.0, 0.9, 0.95, 0.8, 0.8));
        assertEquals("validation.loss has not improved on 0.8 for 2 epochs", after(monitor, "validation.loss", 0.85));
    }

    @Test
    void patienceWaitsForAHigherAccuracy() {
        StopCriterion.Monitor monitor = new Patience("validation.accuracy", 1, 0).start();
        assertNull(after(monitor, "validation.accuracy", 0.5, 0.6, 0.7));
        assertEquals("validation.accuracy has not improved on 0.7 for 1 epoch", after(monitor, "validation.accuracy", 0.7));
    }

    @Test
    void patienceKnowsErrorsAndMeansForDownwards() {
        for (String metric : new String[] {"train.loss", "validation.mean-squared-error", "validation.error", "test.mean-deviation"}) {
            assertNull(after(new Patience(metric, 1, 0).start(), metric, 3.0, 2.0, 1.0), metric);
            assertTrue(after(new Patience(metric, 1, 0).start(), metric, 1.0, 2.0) != null, metric);
        }
    }

    @Test
    void patienceDoesNotTakeATinyStepOrNanForAnImprovement() {
        StopCriterion.Monitor monitor = new Patience("validation.loss", 2, 0.1).start();
        assertNull(after(monitor, "validation.loss", 1.0, 0.95));
        assertTrue(after(monitor, "validation.loss", Double.NaN) != null);
    }

    @Test
    void anUnknownMetricIsAnErrorThatListsThoseThereAre() {
        StopCriterion.Monitor monitor = new Patience("validation.los", 2, 0).start();
        EpochEnded epoch = new EpochEnded(1, 10, Map.of("train.loss", 1.0, "validation.loss", 1.0), 1, 1);
        assertEquals(
                "patience: this run reports no metric 'validation.los'; did you mean 'validation.loss'; available: train.loss,"
                        + " validation.loss",
                assertThrows(IllegalArgumentException.class, () -> monitor.afterEpoch(epoch)).getMessage());
    }

    /** The answer after the last of these epochs. */
    private static String after(StopCriterion.Monitor monitor, String metric, double... values) {
        String reason = null;
        for (double value : values) {
            assertNull(reason, "stopped too early");
            reason = monitor.afterEpoch(new EpochEnded(1, 1, Map.of(metric, value), 1, 1));
        }
        return reason;
    }
}
