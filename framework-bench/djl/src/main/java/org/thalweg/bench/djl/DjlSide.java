package org.thalweg.bench.djl;

import ai.djl.engine.Engine;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Workload;
import org.thalweg.bench.Library;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.StepwiseSide;

/** DJL with its PyTorch engine, used as its documentation shows: a trainer. */
final class DjlSide implements StepwiseSide {
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
    public Training training(Workload workload, Numbers numbers) {
        return new DjlTraining(workload, numbers);
    }
}
