package org.thalweg.app.pipeline;

import java.util.List;
import org.thalweg.api.training.StopCriterion;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener.EpochEnded;
import org.thalweg.api.training.TrainingListener.StepEnded;

/** The stop criteria of one run. Each sees every step and epoch; the first that wants to stop gives the reason. */
final class StopMonitors {
    private final StopCriterion.Monitor[] monitors;

    StopMonitors(List<StopCriterion> criteria) {
        monitors = criteria.stream().map(StopCriterion::start).toArray(StopCriterion.Monitor[]::new);
    }

    boolean isEmpty() {
        return monitors.length == 0;
    }

    /** Why to stop, or null. */
    StopReason afterStep(StepEnded step) {
        String first = null;
        for (StopCriterion.Monitor monitor : monitors) {
            String sentence = monitor.afterStep(step);
            first = first == null ? sentence : first;
        }
        return reason(first);
    }

    /** Why to stop, or null. */
    StopReason afterEpoch(EpochEnded epoch) {
        String first = null;
        for (StopCriterion.Monitor monitor : monitors) {
            String sentence = monitor.afterEpoch(epoch);
            first = first == null ? sentence : first;
        }
        return reason(first);
    }

    private static StopReason reason(String sentence) {
        return sentence == null ? null : new StopReason(StopReason.Kind.CONVERGED, sentence);
    }
}
