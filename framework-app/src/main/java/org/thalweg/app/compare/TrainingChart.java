package org.thalweg.app.compare;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;

/**
 * Trainings of one model, compared by the loss over all of its training data.
 *
 * @param title above the chart
 * @param see what one should see
 * @param pipeline the file that describes data, model and loss
 * @param epochs of every training
 * @param tolerance the loss that counts as arrived
 * @param optimizers that take part, each with a batch size
 */
@Description("Trainings of one model, compared by data passes and by time.")
public record TrainingChart(
        @Description("Stands above the chart.") String title,
        @Description("What one should see, a sentence or two.") Optional<String> see,
        @Description("The file that describes data, model and loss; looked for where the comparison is.") String pipeline,
        @Description("How often each training goes through the data.") @Min(1) int epochs,
        @Description("The loss that counts as arrived.") @Positive double tolerance,
        @Description("Who takes part.") List<Contestant> optimizers) {
    /** Checks names, and that all can train. */
    public TrainingChart {
        optimizers = List.copyOf(optimizers);
        SurfaceChart.requireNames(optimizers);
        optimizers.stream().filter(contestant -> contestant.minimizer().isPresent()).findFirst().ifPresent(contestant -> {
            throw new IllegalArgumentException("'" + contestant.name() + "' is a minimizer, which only surfaces can use: name an optimizer");
        });
    }
}
