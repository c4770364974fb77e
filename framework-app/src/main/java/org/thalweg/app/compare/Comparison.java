package org.thalweg.app.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;

/**
 * What a comparison file says.
 *
 * @param name of the comparison; its folder is called after it
 * @param title of the page
 * @param seed all randomness follows from it
 * @param surfaces where paths are drawn
 * @param trainings of models
 */
@Description("A comparison of optimizers.")
public record Comparison(
        @Description("What the comparison is called; the file's name if not given.") String name,
        @Description("The heading of the page; the name if not given.") Optional<String> title,
        @Description("All randomness follows from it.") @Default("42") long seed,
        @Description("Surfaces with the paths of optimizers.") @Default("[]") List<SurfaceChart> surfaces,
        @Description("Trainings of models, compared by data passes and time.") @Default("[]") List<TrainingChart> trainings) {
    /** Checks that there is something to draw. */
    public Comparison {
        surfaces = List.copyOf(surfaces);
        trainings = List.copyOf(trainings);
        if (surfaces.isEmpty() && trainings.isEmpty()) {
            throw new IllegalArgumentException("has nothing to draw: write 'surfaces', 'trainings' or both");
        }
    }

    /**
     * The number of each optimizer's colour, by name: the same from chart to chart, and different within a chart.
     */
    Map<String, Integer> colors() {
        List<List<String>> charts = Stream.concat(surfaces.stream().map(SurfaceChart::optimizers), trainings.stream().map(TrainingChart::optimizers))
                .map(optimizers -> optimizers.stream().map(Contestant::name).toList())
                .toList();
        Map<String, Integer> colors = new LinkedHashMap<>();
        for (String name : charts.stream().flatMap(List::stream).distinct().toList()) {
            Set<Integer> taken = charts.stream().filter(chart -> chart.contains(name)).flatMap(List::stream).map(colors::get).collect(Collectors.toSet());
            colors.put(name, IntStream.iterate(0, color -> color + 1).filter(color -> !taken.contains(color)).findFirst().orElseThrow());
        }
        return colors;
    }
}
