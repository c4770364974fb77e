package org.thalweg.autodiff.compile;

import java.util.List;
import org.thalweg.api.tensor.DType;

/** Prints a hash of all bits that random graphs and two small trainings give. */
final class SameBitsProgram {
    private static final int SEEDS = 30;

    private long hash = 1;

    private SameBitsProgram() {}

    public static void main(String[] arguments) {
        SameBitsProgram program = new SameBitsProgram();
        try (CpuBackend backend = new CpuBackend(Integer.parseInt(arguments[0]))) {
            System.out.println(backend.description());
            for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
                program.graphs(backend, dtype);
                program.training(backend, dtype, 13, 17, 9, 5);
                program.training(backend, dtype, 32, 64, 128, 10);
            }
        }
    }

    private void graphs(Backend backend, DType dtype) {
        for (long seed = 9000; seed < 9000 + SEEDS; seed++) {
            RandomGraph random = new RandomGraph(seed, dtype);
            Program program = random.run(backend);
            for (int i = 0; i < random.outputs.size(); i++) {
                add(program.output(i), (int) random.outputs.get(i).shape().size());
            }
        }
        System.out.println(dtype + " graphs " + Long.toHexString(hash));
    }

    private void training(Backend backend, DType dtype, int batch, int inputs, int hidden, int classes) {
        DenseTraining training = new DenseTraining(backend, dtype, batch, inputs, hidden, classes, 3);
        for (int step = 0; step < 20; step++) {
            add(training.step());
        }
        training.arrays().forEach(array -> add(array, Memory.length(array)));
        System.out.println(dtype + " training " + inputs + "-" + hidden + "-" + classes + " " + Long.toHexString(hash));
    }

    private void add(Object array, int length) {
        for (int i = 0; i < length; i++) {
            add(Memory.element(array, i));
        }
    }

    private void add(double value) {
        hash = hash * 0x9E3779B97F4A7C15L + Double.doubleToLongBits(value);
        hash ^= hash >>> 29;
    }
}
