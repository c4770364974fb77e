package org.thalweg.bench.torch;

import static org.bytedeco.pytorch.global.torch.tensor;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/** Tensors from arrays. */
final class Tensors {
    private Tensors() {}

    /** Rows of a shape. */
    static Tensor numbers(float[] values, int rows, List<Integer> row) {
        long[] shape = new long[row.size() + 1];
        shape[0] = rows;
        Arrays.setAll(shape, i -> i == 0 ? rows : row.get(i - 1));
        return tensor(values).view(shape);
    }

    /** A tensor of a shape. */
    static Tensor numbers(float[] values, List<Integer> shape) {
        return tensor(values).view(shape.stream().mapToLong(Integer::longValue).toArray());
    }

    /** Whole numbers of 64 bit, as class numbers must be. */
    static Tensor whole(int[] values) {
        return tensor(Arrays.stream(values).asLongStream().toArray());
    }

    /** A copy of the elements. */
    static float[] array(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        new FloatPointer(tensor.contiguous().data_ptr_float()).get(values);
        return values;
    }
}
