package org.thalweg.bench.torch;

import static org.bytedeco.pytorch.global.torch.mm_out;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.app.workload.Operation;
import org.thalweg.app.workload.Product;

/** A product into a tensor that is there already. */
final class TorchProduct implements Operation {
    private final Tensor left;
    private final Tensor right;
    private final Tensor result;

    TorchProduct(Product product) {
        left = Tensors.numbers(product.left(), List.of(product.rows(), product.inner()));
        right = Tensors.numbers(product.right(), List.of(product.inner(), product.columns()));
        result = zeros(product.rows(), product.columns());
    }

    @Override
    public void run() {
        try (PointerScope _ = new PointerScope()) {
            mm_out(result, left, right);
        }
    }

    @Override
    public double[] figures() {
        return Product.figures(Tensors.array(result));
    }
}
