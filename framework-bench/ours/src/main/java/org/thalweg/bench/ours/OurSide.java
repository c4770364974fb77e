package org.thalweg.bench.ours;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.pipeline.TrainingResult;
import org.thalweg.app.workload.Workload;
import org.thalweg.app.workload.WorkloadPipeline;
import org.thalweg.bench.Library;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.Side;
import org.thalweg.bench.StepClock;

/** Thalweg, as a user calls it: a pipeline with a listener. */
final class OurSide implements Side {
    private final int threads;

    private OurSide(int threads) {
        this.threads = threads;
    }

    public static void main(String[] arguments) {
        Measuring.main(OurSide::new, arguments);
    }

    @Override
    public String version() {
        return Library.of(Pipeline.class);
    }

    @Override
    public double[] losses(Workload workload, int steps) {
        List<Double> losses = new ArrayList<>();
        WorkloadPipeline.of(workload, steps).threads(threads).listenEverySteps(1).listener(new TrainingListener() {
            @Override
            public void stepEnded(StepEnded event) {
                losses.add(event.loss());
            }
        }).build().train();
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public void train(Workload workload, StepClock clock) {
        Pipeline[] pipeline = new Pipeline[1];
        pipeline[0] = WorkloadPipeline.of(workload).threads(threads).epochs(Integer.MAX_VALUE).listener(new TrainingListener() {
            @Override
            public void stepEnded(StepEnded event) {
                if (clock.tick(event.epoch(), event.step())) {
                    pipeline[0].cancel();
                }
            }
        }).build();
        TrainingResult result = pipeline[0].train();
        switch (result.reason().kind()) {
            case COMPLETED, CANCELLED -> {}
            case CONVERGED, DIVERGED -> throw new IllegalStateException(result.reason().message());
        }
    }
}
