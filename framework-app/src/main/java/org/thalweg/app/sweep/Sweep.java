package org.thalweg.app.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;

/**
 * What a sweep file says.
 *
 * @param name of the sweep
 * @param pipeline the file that describes the run
 * @param vary what changes from trial to trial: by path, a list of values or a range
 * @param search how values are chosen
 * @param metric what a trial is judged by, after its last epoch
 * @param goal whether it should be large or small
 * @param parallel trials at a time
 * @param seed of random choices
 */
@Description("A sweep over settings of a pipeline.")
public record Sweep(
        @Description("What the sweep is called; the file's name if not given.") String name,
        @Description("The file that describes the run; looked for where the sweep is.") String pipeline,
        @Description("What changes: by path, as optimizer.learningRate, a list of values, or {from: 1e-4, to: 0.1, scale: log}.") Map<String, Object> vary,
        @Description("How values are chosen: grid, random, successive-halving.") @Default("grid") Search search,
        @Description("What a trial is judged by, after its last epoch, as validation.accuracy.") String metric,
        @Description("Whether the metric should be large (max) or small (min); known for losses and for the pipeline's metrics.") Optional<Goal> goal,
        @Description("Trials at a time, each on one thread if there are several.") @Default("1") @Min(1) int parallel,
        @Description("Random choices follow from it.") @Default("42") long seed) {
    /** Whether a metric should be large or small. */
    public enum Goal {
        /** Large. */
        MAX,
        /** Small. */
        MIN
    }

    /** Checks that something varies. */
    public Sweep {
        vary = Collections.unmodifiableMap(new LinkedHashMap<>(vary));
        if (vary.isEmpty()) {
            throw new IllegalArgumentException("varies nothing: name settings under 'vary', as optimizer.learningRate: [0.01, 0.1]");
        }
    }
}
