package org.thalweg.bench.torch;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.thalweg.app.workload.Operation;
import org.thalweg.app.workload.OptimizerUpdate;
import org.thalweg.app.workload.Workload.Rule;

/** A step of an optimizer, fused where PyTorch has that: everywhere but in RMSProp. */
final class TorchUpdate implements Operation {
    private final OptimizerUpdate update;
    private final Tensor parameter;
    private final Runnable step;

    TorchUpdate(OptimizerUpdate update) {
        this.update = update;
        parameter = Tensors.numbers(update.parameter(), List.of(update.size())).set_requires_grad(true);
        // The derivative of this is the gradient that is wanted.
        parameter.mul(Tensors.numbers(update.gradient(), List.of(update.size()))).sum().backward();
        if (update.rule() == Rule.RMSPROP) {
            RMSprop optimizer = new RMSprop(new TensorVector(parameter), new RMSpropOptions(update.rule().learningRate()));
            step = optimizer::step;
        } else {
            step = new FusedOptimizer(update.rule(), List.of(parameter))::step;
        }
    }

    @Override
    public void run() {
        try (PointerScope _ = new PointerScope()) {
            step.run();
        }
    }

    @Override
    public double[] figures() {
        return update.figures(Tensors.array(parameter));
    }
}
