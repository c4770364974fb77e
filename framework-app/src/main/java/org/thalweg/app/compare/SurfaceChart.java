package org.thalweg.app.compare;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;

/**
 * The paths of optimizers on one surface.
 *
 * @param title above the chart
 * @param see what one should see, a sentence or two
 * @param surface to go down
 * @param start where all begin
 * @param x what the chart shows of the first coordinate
 * @param y what the chart shows of the second
 * @param steps of every optimizer
 * @param tolerance the loss that counts as arrived
 * @param optimizers that take part
 */
@Description("The paths of optimizers on one surface.")
public record SurfaceChart(
        @Description("Stands above the chart.") String title,
        @Description("What one should see, a sentence or two; what the surface is known for if not given.") Optional<String> see,
        @Description("The surface.") Surface surface,
        @Description("Where all begin, as [x, y]; a usual place if not given.") Optional<List<Double>> start,
        @Description("The first coordinate, from where to where, as [-2, 2].") Optional<List<Double>> x,
        @Description("The second coordinate, from where to where.") Optional<List<Double>> y,
        @Description("Steps of every optimizer.") @Default("100") @Min(1) int steps,
        @Description("The loss that counts as arrived.") @Default("0.001") @Positive double tolerance,
        @Description("Who takes part.") List<Contestant> optimizers) {
    /** Checks pairs and names. */
    public SurfaceChart {
        optimizers = List.copyOf(optimizers);
        start.ifPresent(point -> requirePair("start", point));
        x.ifPresent(range -> requireRange("x", range));
        y.ifPresent(range -> requireRange("y", range));
        requireNames(optimizers);
        optimizers.stream().filter(contestant -> contestant.batchSize().isPresent()).findFirst().ifPresent(contestant -> {
            throw new IllegalArgumentException("'" + contestant.name() + "' has a 'batchSize', but a surface has no rows: leave it out");
        });
    }

    /** The window and start that are asked for, or else the surface's. */
    View view() {
        View usual = surface.view();
        return new View(x.map(range -> range.get(0)).orElse(usual.left()), x.map(range -> range.get(1)).orElse(usual.right()),
                y.map(range -> range.get(0)).orElse(usual.low()), y.map(range -> range.get(1)).orElse(usual.high()),
                start.map(point -> point.get(0)).orElse(usual.startX()), start.map(point -> point.get(1)).orElse(usual.startY()));
    }

    static void requireNames(List<Contestant> optimizers) {
        if (optimizers.isEmpty()) {
            throw new IllegalArgumentException("has no optimizers: name at least one under 'optimizers'");
        }
        if (optimizers.stream().map(Contestant::name).distinct().count() < optimizers.size()) {
            throw new IllegalArgumentException("two optimizers have the same name: give each a name of its own");
        }
    }

    private static void requirePair(String what, List<Double> pair) {
        if (pair.size() != 2) {
            throw new IllegalArgumentException("'" + what + "' must be two numbers, as [-2, 2], but has " + pair.size());
        }
    }

    private static void requireRange(String what, List<Double> range) {
        requirePair(what, range);
        if (!(range.get(0) < range.get(1))) {
            throw new IllegalArgumentException("'" + what + "' must go from a smaller to a larger number, but goes from " + range.get(0) + " to " + range.get(1));
        }
    }
}
