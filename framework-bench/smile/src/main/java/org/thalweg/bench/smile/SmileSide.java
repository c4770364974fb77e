package org.thalweg.bench.smile;

import java.util.Arrays;
import org.thalweg.app.workload.Model;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Workload;
import org.thalweg.bench.Library;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.Side;
import org.thalweg.bench.StepClock;
import smile.classification.MLP;

/** Smile's multilayer perceptron, which computes in double precision and on one thread, and knows stochastic gradient descent with momentum. */
final class SmileSide implements Side {
    public static void main(String[] arguments) {
        Measuring.main(_ -> new SmileSide(), arguments);
    }

    @Override
    public String version() {
        return Library.of(MLP.class);
    }

    @Override
    public double[] losses(Workload workload, int steps) {
        Perceptron perceptron = perceptron(workload);
        double[][][] inputs = inputs(workload);
        int[][] classes = classes(workload);
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++) {
            int batch = step % Numbers.BATCHES;
            losses[step] = perceptron.crossEntropy(inputs[batch], classes[batch]);
            perceptron.update(inputs[batch], classes[batch]);
        }
        return losses;
    }

    @Override
    public double train(Workload workload, StepClock clock) {
        double[][][] inputs = inputs(workload);
        int[][] classes = classes(workload);
        long start = System.nanoTime();
        Perceptron perceptron = perceptron(workload);
        double preparation = (System.nanoTime() - start) * 1e-9;
        for (long step = 0; step % workload.listenEverySteps() != 0 || !clock.tick(0, step); step++) {
            int batch = (int) (step % Numbers.BATCHES);
            perceptron.update(inputs[batch], classes[batch]);
        }
        return preparation;
    }

    private static Perceptron perceptron(Workload workload) {
        if (workload.model() instanceof Model.Perceptron model && workload.rule() == Workload.Rule.MOMENTUM) {
            return Perceptron.of(model, workload.rule(), Numbers.of(workload).weights());
        }
        throw new UnsupportedOperationException("Smile has perceptrons with momentum only");
    }

    private static double[][][] inputs(Workload workload) {
        float[] all = Numbers.of(workload).inputs();
        int size = Model.size(workload.model().input());
        double[][][] inputs = new double[Numbers.BATCHES][workload.batch()][size];
        for (int i = 0; i < all.length; i++) {
            int row = i / size;
            inputs[row / workload.batch()][row % workload.batch()][i % size] = all[i];
        }
        return inputs;
    }

    private static int[][] classes(Workload workload) {
        int[] all = Numbers.of(workload).classes();
        int[][] classes = new int[Numbers.BATCHES][];
        Arrays.setAll(classes, batch -> Arrays.copyOfRange(all, batch * workload.batch(), (batch + 1) * workload.batch()));
        return classes;
    }
}
