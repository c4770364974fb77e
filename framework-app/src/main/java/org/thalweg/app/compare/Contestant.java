package org.thalweg.app.compare;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Minimizer;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;

/**
 * Who takes part: an optimizer, or a minimizer of the whole objective.
 *
 * @param name in legends and tables
 * @param optimizer with its settings
 * @param minimizer instead of an optimizer
 * @param schedule of the optimizer's learning rate
 * @param gradientTransforms before the optimizer
 * @param batchSize rows of a step, in trainings
 */
@Description("An optimizer that takes part.")
public record Contestant(
        @Description("What legends and tables call it; the same name has the same colour everywhere.") String name,
        @Description("The optimizer.") Optional<Optimizer> optimizer,
        @Description("A minimizer of the whole objective, instead of an optimizer; only on surfaces.") Optional<Minimizer> minimizer,
        @Description("How the learning rate changes.") Optional<Schedule> schedule,
        @Description("Changes to the gradients, in order, before the optimizer.") @Default("[]") List<GradientTransform> gradientTransforms,
        @Description("Rows of a step, in trainings; that of the pipeline if not given.") @Min(1) Optional<Integer> batchSize) {
    /** Checks that it is one of the two. */
    public Contestant {
        gradientTransforms = List.copyOf(gradientTransforms);
        if (optimizer.isPresent() == minimizer.isPresent()) {
            throw new IllegalArgumentException("must have either 'optimizer' or 'minimizer'");
        }
        if (minimizer.isPresent() && (schedule.isPresent() || !gradientTransforms.isEmpty())) {
            throw new IllegalArgumentException("a minimizer chooses its own steps: leave out 'schedule' and 'gradientTransforms'");
        }
    }
}
