package org.thalweg.app.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.thalweg.app.pipeline.PipelineObjective;
import org.thalweg.app.report.CurveChart;
import org.thalweg.app.report.CurveChart.Curve;
import org.thalweg.app.report.Picture;

/** Runs the optimizers of one surface, and draws them. */
final class SurfaceSection {
    /** Of the grid under the paths: fine for formulas, coarse where each point is a pass over a data set. */
    private static final int FINE = 121;
    private static final int COARSE = 41;

    private SurfaceSection() {}

    static Section of(SurfaceChart chart, String id, Map<String, Integer> palette, Terrain.Pipelines pipelines, long seed) throws IOException {
        View view = chart.view();
        double[] start = {view.startX(), view.startY()};
        List<Course> courses = new ArrayList<>();
        Heights heights;
        try (Terrain terrain = Terrain.of(chart.surface(), pipelines, seed);
                PipelineObjective objective = terrain.with(start, builder -> builder.optimizer(Still.HERE).build().objective())) {
            int grid = chart.surface() instanceof ModelSurface ? COARSE : FINE;
            heights = Heights.of(objective, view, grid, grid);
            SurfaceRun run = new SurfaceRun(terrain, objective, start);
            chart.optimizers().forEach(contestant -> courses.add(run.of(contestant, chart.steps())));
        }
        List<Integer> colors = courses.stream().map(course -> palette.get(course.name())).toList();
        PathDrawing drawing = new PathDrawing(heights, courses, colors);
        Map<String, Picture> pictures = new LinkedHashMap<>();
        pictures.put("paths", drawing.draw(id));
        pictures.put("loss-by-step", curves("Loss against steps", "steps", courses, colors, course -> 1));
        pictures.put("loss-by-time", curves("Loss against time", "microseconds", courses, colors, course -> course.secondsPerStep() * 1e6));
        int steps = courses.stream().mapToInt(course -> course.points().size() - 1).max().orElse(0);
        return new Section(id, chart.title(), chart.see().orElse(chart.surface().lesson()), Optional.of(drawing.svg(id)), pictures,
                courses.stream().map(Course::name).toList(), colors, steps, table(chart, courses));
    }

    private static Picture curves(String title, String across, List<Course> courses, List<Integer> colors, ToDoubleFunction<Course> unit)
            throws IOException {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < courses.size(); i++) {
            Course course = courses.get(i);
            double[] x = new double[course.losses().length];
            for (int step = 0; step < x.length; step++) {
                x[step] = step * unit.applyAsDouble(course);
            }
            curves.add(new Curve(course.name(), colors.get(i), x, course.losses()));
        }
        return new CurveChart(title, across, "loss", false, curves).draw();
    }

    private static List<List<String>> table(SurfaceChart chart, List<Course> courses) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("", "steps to a loss of " + Figure.of(chart.tolerance()), "loss at the end", "time per step", ""));
        for (Course course : courses) {
            OptionalInt steps = course.stepsTo(chart.tolerance());
            table.add(List.of(course.name(), steps.isPresent() ? Integer.toString(steps.getAsInt()) : "not in " + (course.losses().length - 1),
                    Figure.of(course.finalLoss()), Figure.time(course.secondsPerStep()), course.ending()));
        }
        return table;
    }
}
