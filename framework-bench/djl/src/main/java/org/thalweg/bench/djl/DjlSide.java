package org.thalweg.bench.djl;

import ai.djl.engine.Engine;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Workload;
import org.thalweg.bench.Library;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.Side;
import org.thalweg.bench.StepClock;

/** DJL with its PyTorch engine, used as its documentation shows: a trainer. */
final class DjlSide implements Side {
    private DjlSide(int threads) {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }

    public static void main(String[] arguments) {
        Measuring.main(DjlSide::new, arguments);
    }

    @Override
    public String version() {
        return Library.of(Engine.class).replaceFirst("api", "djl") + " (PyTorch " + Engine.getInstance().getVersion() + ")";
    }

    @Override
    public double[] losses(Workload workload, int steps) {
        try (DjlTraining training = new DjlTraining(workload, Numbers.of(workload))) {
            double[] losses = new double[steps];
            for (int step = 0; step < steps; step++) {
                losses[step] = training.step();
            }
            return losses;
        }
    }

    @Override
    public double train(Workload workload, StepClock clock) {
        Numbers numbers = Numbers.of(workload);
        long start = System.nanoTime();
        try (DjlTraining training = new DjlTraining(workload, numbers)) {
            double preparation = (System.nanoTime() - start) * 1e-9;
            for (long step = 0; step % workload.listenEverySteps() != 0 || !clock.tick(0, step); step++) {
                training.step();
            }
            return preparation;
        }
    }
}
