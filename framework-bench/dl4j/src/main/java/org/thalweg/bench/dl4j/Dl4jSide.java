package org.thalweg.bench.dl4j;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Workload;
import org.thalweg.bench.Library;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.StepwiseSide;

/** Deeplearning4j, used as its documentation shows: a network that is fitted to one batch after another. The environment tells it the number of threads. */
final class Dl4jSide implements StepwiseSide {
    public static void main(String[] arguments) {
        Measuring.main(_ -> new Dl4jSide(), arguments);
    }

    @Override
    public String version() {
        return Library.of(MultiLayerNetwork.class);
    }

    @Override
    public Training training(Workload workload, Numbers numbers) {
        return new Dl4jTraining(workload, numbers);
    }
}
