package org.thalweg.bench.torch;

import static org.bytedeco.pytorch.global.torch.binary_cross_entropy_with_logits;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.mse_loss;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.app.workload.Model;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Workload;
import org.thalweg.bench.StepwiseSide;

/** The usual loop over batches that are tensors already. Owns the model. */
final class TorchTraining implements StepwiseSide.Training {
    private final Workload workload;
    private final TorchModel model;
    private final FusedOptimizer optimizer;
    private final Tensor[] inputs = new Tensor[Numbers.BATCHES];
    private final Tensor[] targets = new Tensor[Numbers.BATCHES];
    private long steps;

    TorchTraining(Workload workload, Numbers numbers) {
        this.workload = workload;
        model = TorchModel.of(workload.model(), numbers.weights());
        optimizer = new FusedOptimizer(workload.rule(), model.parameters());
        for (int batch = 0; batch < Numbers.BATCHES; batch++) {
            inputs[batch] = batch(numbers.inputs(), batch, workload.model().input());
            targets[batch] = switch (workload.objective()) {
                case CROSS_ENTROPY -> Tensors.whole(part(numbers.classes(), batch));
                case BINARY_CROSS_ENTROPY, SQUARED_ERROR -> batch(numbers.targets(), batch, workload.model().output());
            };
        }
    }

    private Tensor batch(float[] all, int batch, List<Integer> row) {
        int size = Model.size(row) * workload.batch();
        Tensor tensor = Tensors.numbers(Arrays.copyOfRange(all, batch * size, (batch + 1) * size), workload.batch(), row);
        return model.timeFirst() ? tensor.transpose(0, 1).contiguous() : tensor;
    }

    private int[] part(int[] all, int batch) {
        return Arrays.copyOfRange(all, batch * workload.batch(), (batch + 1) * workload.batch());
    }

    /** The model's output. */
    Tensor forward(Tensor input) {
        return model.forward(input);
    }

    /** One step with the next batch; the loss before its update. */
    @Override
    public double step() {
        int batch = (int) (steps++ % Numbers.BATCHES);
        // Frees the step's tensors at once, not when the garbage collector finds them.
        try (PointerScope _ = new PointerScope()) {
            return step(inputs[batch], targets[batch]);
        }
    }

    /** One step with any batch, whose temporary tensors the caller frees. */
    double step(Tensor input, Tensor target) {
        optimizer.clearGradients();
        Tensor output = model.forward(input);
        Tensor loss = switch (workload.objective()) {
            case CROSS_ENTROPY -> cross_entropy_loss(output, target);
            case BINARY_CROSS_ENTROPY -> binary_cross_entropy_with_logits(output, target);
            case SQUARED_ERROR -> mse_loss(output, target);
        };
        loss.backward();
        float value = loss.item_float();
        if (!Float.isFinite(value)) {
            throw new IllegalStateException("the loss is " + value);
        }
        optimizer.step();
        return value;
    }
}
