package org.thalweg.bench.torch;

import static org.bytedeco.pytorch.global.torch.binary_cross_entropy_with_logits;
import static org.bytedeco.pytorch.global.torch.cosine_embedding_loss;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.ctc_loss;
import static org.bytedeco.pytorch.global.torch.huber_loss;
import static org.bytedeco.pytorch.global.torch.kl_div;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.mse_loss;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.app.workload.LossCase;
import org.thalweg.app.workload.Operation;

/** A loss and its gradient. */
final class TorchLoss implements Operation {
    private final LossCase lossCase;
    private final Tensor x;
    private final Tensor other;
    private final Tensor whole;
    private final long[] inputLengths;
    private final long[] targetLengths;
    private double value;

    TorchLoss(LossCase lossCase) {
        this.lossCase = lossCase;
        LossCase.Data data = lossCase.data(LossCase.ROWS);
        x = Tensors.numbers(data.input(), data.shape()).set_requires_grad(true);
        other = data.other().length == 0 ? null : Tensors.numbers(data.other(), data.shape());
        int rows = data.shape().get(1);
        whole = data.whole().length == 0 ? null
                : lossCase == LossCase.CTC ? Tensors.whole(data.whole()).view(rows, LossCase.TARGET_LENGTH) : Tensors.whole(data.whole());
        inputLengths = filled(rows, LossCase.STEPS);
        targetLengths = filled(rows, LossCase.TARGET_LENGTH);
        if (lossCase == LossCase.COSINE_EMBEDDING) {
            other.set_requires_grad(true);
        }
    }

    private static long[] filled(int count, long value) {
        long[] values = new long[count];
        Arrays.fill(values, value);
        return values;
    }

    @Override
    public void run() {
        try (PointerScope _ = new PointerScope()) {
            for (Tensor leaf : lossCase == LossCase.COSINE_EMBEDDING ? List.of(x, other) : List.of(x)) {
                leaf.mutable_grad().reset();
            }
            Tensor loss = switch (lossCase) {
                case CROSS_ENTROPY -> cross_entropy_loss(x, whole);
                case SQUARED_ERROR -> mse_loss(x, other);
                case HUBER -> huber_loss(x, other);
                case BINARY_CROSS_ENTROPY -> binary_cross_entropy_with_logits(x, other);
                case KL_DIVERGENCE -> kl_div(log_softmax(x, 1), other);
                case COSINE_EMBEDDING -> cosine_embedding_loss(x, other, whole);
                case CTC -> ctc_loss(log_softmax(x, 2), whole, inputLengths, targetLengths);
            };
            loss.backward();
            value = loss.item_float();
        }
    }

    @Override
    public double[] figures() {
        float[] gradient = Tensors.array(x.grad());
        return LossCase.figures(value, gradient, gradient.length);
    }
}
