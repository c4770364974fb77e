package org.thalweg.bench.dl4j;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Workload;
import org.thalweg.bench.Library;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.Side;
import org.thalweg.bench.StepClock;

/** Deeplearning4j, used as its documentation shows: a network that is fitted to one batch after another. The environment tells it the number of threads. */
final class Dl4jSide implements Side {
    public static void main(String[] arguments) {
        Measuring.main(_ -> new Dl4jSide(), arguments);
    }

    @Override
    public String version() {
        return Library.of(MultiLayerNetwork.class);
    }

    @Override
    public double[] losses(Workload workload, int steps) {
        Dl4jTraining training = new Dl4jTraining(workload, Numbers.of(workload));
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++) {
            losses[step] = training.step();
        }
        return losses;
    }

    @Override
    public double train(Workload workload, StepClock clock) {
        Numbers numbers = Numbers.of(workload);
        long start = System.nanoTime();
        Dl4jTraining training = new Dl4jTraining(workload, numbers);
        double preparation = (System.nanoTime() - start) * 1e-9;
        for (long step = 0; step % workload.listenEverySteps() != 0 || !clock.tick(0, step); step++) {
            training.step();
        }
        return preparation;
    }
}
