package org.thalweg.bench.torch;

import org.bytedeco.pytorch.global.torch;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Workload;
import org.thalweg.bench.Library;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.Side;
import org.thalweg.bench.StepClock;

/** PyTorch's C++ library, called through JavaCPP, with its fused optimizers. */
final class TorchSide implements Side {
    private TorchSide(int threads) {
        torch.set_num_threads(threads);
    }

    public static void main(String[] arguments) {
        Measuring.main(TorchSide::new, arguments);
    }

    @Override
    public String version() {
        return Library.of(torch.class);
    }

    @Override
    public double[] losses(Workload workload, int steps) {
        TorchTraining training = new TorchTraining(workload, Numbers.of(workload));
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++) {
            losses[step] = training.step();
        }
        return losses;
    }

    @Override
    public void train(Workload workload, StepClock clock) {
        TorchTraining training = new TorchTraining(workload, Numbers.of(workload));
        for (long step = 0; ; step++) {
            if (step % workload.listenEverySteps() == 0 && clock.tick(0, step)) {
                return;
            }
            training.step();
        }
    }
}
