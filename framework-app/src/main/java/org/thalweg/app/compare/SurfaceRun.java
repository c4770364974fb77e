package org.thalweg.app.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.api.optim.Minimizer;
import org.thalweg.api.optim.Objective;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.pipeline.PipelineBuilder;
import org.thalweg.app.pipeline.PipelineObjective;
import org.thalweg.app.pipeline.TrainingResult;

/** Lets optimizers go down one terrain from one start. */
final class SurfaceRun {
    private static final int WARM_UP_STEPS = 30;

    private final Terrain terrain;
    private final PipelineObjective heights;
    private final double[] start;

    SurfaceRun(Terrain terrain, PipelineObjective heights, double[] start) {
        this.terrain = terrain;
        this.heights = heights;
        this.start = start;
    }

    Course of(Contestant contestant, int steps) {
        return contestant.optimizer().map(optimizer -> {
            // The first steps of a program are slow; their times would tell of the compiler.
            optimize(contestant, optimizer, Math.min(steps, WARM_UP_STEPS));
            return optimize(contestant, optimizer, steps);
        }).orElseGet(() -> {
            minimize(contestant.name(), contestant.minimizer().orElseThrow(), steps);
            return minimize(contestant.name(), contestant.minimizer().orElseThrow(), steps);
        });
    }

    /** One row, or all at once: an epoch is a step. */
    private Course optimize(Contestant contestant, Optimizer optimizer, int steps) {
        List<double[]> points = new ArrayList<>(List.of(start));
        List<Double> seconds = new ArrayList<>();
        TrainingResult result = terrain.with(start, builder -> {
            PipelineBuilder pipeline = builder.optimizer(optimizer)
                    .epochs(steps)
                    .checkpointEachEpoch((checkpoint, best) -> points.add(checkpoint.evaluated().parameters().get(Terrain.POINT).values()))
                    .listener(new TrainingListener() {
                        @Override
                        public void epochEnded(EpochEnded event) {
                            seconds.add(event.seconds());
                        }
                    });
            contestant.schedule().ifPresent(pipeline::schedule);
            contestant.gradientTransforms().forEach(pipeline::gradientTransforms);
            return pipeline.build().train();
        });
        return course(contestant.name(), points, median(seconds), result.reason().kind() == StopReason.Kind.DIVERGED ? "diverged" : "");
    }

    /** A minimizer's steps are its evaluations of value and gradient, those of its line searches included: that is what it pays. */
    private Course minimize(String name, Minimizer minimizer, int steps) {
        List<double[]> points = new ArrayList<>();
        long[] evaluations = new long[1];
        long began = System.nanoTime();
        minimizer.minimize(new Objective() {
            @Override
            public double evaluate(double[] x, double[] gradient) {
                evaluations[0]++;
                if (points.size() <= steps) {
                    points.add(x.clone());
                }
                return heights.evaluate(x, gradient);
            }

            @Override
            public void hessianTimes(double[] x, double[] vector, double[] product) {
                evaluations[0] += 2;
                heights.hessianTimes(x, vector, product);
            }
        }, start.clone());
        return course(name, points, (System.nanoTime() - began) * 1e-9 / evaluations[0], points.size() <= steps ? "stopped by itself" : "");
    }

    private Course course(String name, List<double[]> points, double secondsPerStep, String ending) {
        double[] ignored = new double[2];
        return new Course(name, points, points.stream().mapToDouble(point -> heights.evaluate(point, ignored)).toArray(), secondsPerStep, ending);
    }

    private static double median(List<Double> seconds) {
        double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
