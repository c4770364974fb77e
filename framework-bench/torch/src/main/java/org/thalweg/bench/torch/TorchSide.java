package org.thalweg.bench.torch;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.app.workload.LossCase;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Operation;
import org.thalweg.app.workload.OptimizerUpdate;
import org.thalweg.app.workload.Product;
import org.thalweg.app.workload.Workload;
import org.thalweg.bench.FashionMnistFiles;
import org.thalweg.bench.Library;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.StepwiseSide;

/** PyTorch's C++ library, called through JavaCPP, with its fused optimizers. */
final class TorchSide implements StepwiseSide {
    private static final int PIXELS = 784;

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
    public Training training(Workload workload, Numbers numbers) {
        return new TorchTraining(workload, numbers);
    }

    @Override
    public Operation update(OptimizerUpdate update) {
        return new TorchUpdate(update);
    }

    @Override
    public Operation loss(LossCase lossCase) {
        return new TorchLoss(lossCase);
    }

    @Override
    public Operation product(Product product) {
        return new TorchProduct(product);
    }

    @Override
    public double accuracyOnFashionMnist() {
        Workload workload = Workload.of("W1");
        int[] labels = FashionMnistFiles.labels("train");
        Tensor images = images("train", labels.length);
        Tensor targets = Tensors.whole(labels);
        TorchTraining training = new TorchTraining(workload, Numbers.of(workload));
        long[] order = new long[labels.length];
        Arrays.setAll(order, i -> i);
        SplittableRandom random = new SplittableRandom(Numbers.SEED);
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long row = order[i];
            order[i] = order[other];
            order[other] = row;
        }
        Tensor rows = torch.tensor(order);
        for (int from = 0; from < order.length; from += workload.batch()) {
            try (PointerScope _ = new PointerScope()) {
                Tensor batch = rows.narrow(0, from, Math.min(workload.batch(), order.length - from));
                training.step(images.index_select(0, batch), targets.index_select(0, batch));
            }
        }
        int[] testLabels = FashionMnistFiles.labels("t10k");
        try (NoGradGuard _ = new NoGradGuard()) {
            Tensor answers = torch.argmax(training.forward(images("t10k", testLabels.length)), new LongOptional(1), false);
            return answers.eq(Tensors.whole(testLabels)).sum().item_double() / testLabels.length;
        }
    }

    private static Tensor images(String part, int rows) {
        return Tensors.numbers(FashionMnistFiles.images(part), List.of(rows, PIXELS));
    }
}
