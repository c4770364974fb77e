package org.thalweg.app.pipeline;

import java.util.Arrays;
import java.util.List;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.Shape;

/**
 * Rows [n..., extents] and their numbers [n...] to rows of the same shape, each of which is the sum of all that have its number. In the order of the
 * rows, as a scattered sum is. A table of hashes finds equal numbers.
 */
record SummedRows() implements CustomOp {
    @Override
    public String name() {
        return "summed-rows";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.getFirst();
    }

    /** Slots of the hash table, which hold a row's position and 1, and for each row where its number came first. */
    @Override
    public int workspace(List<Shape> inputs) {
        int count = (int) inputs.get(1).size();
        return slots(count) + count;
    }

    private static int slots(int count) {
        return Integer.highestOneBit(Math.max(1, count)) * 4;
    }

    @Override
    public void forward(List<Values> inputs, Values output, double[] workspace) {
        int[] numbers = inputs.get(1).ints();
        int count = (int) inputs.get(1).shape().size();
        int inner = count == 0 ? 0 : (int) (output.shape().size() / count);
        int slots = slots(count);
        Arrays.fill(workspace, 0, slots, 0);
        for (int i = 0; i < count; i++) {
            int slot = numbers[i] * 0x9E3779B9 & slots - 1;
            while (workspace[slot] != 0 && numbers[(int) workspace[slot] - 1] != numbers[i]) {
                slot = slot + 1 & slots - 1;
            }
            boolean isFirst = workspace[slot] == 0;
            if (isFirst) {
                workspace[slot] = i + 1;
            }
            int first = (int) workspace[slot] - 1;
            workspace[slots + i] = first;
            add(inputs.getFirst(), output, i * inner, first * inner, inner, isFirst);
        }
        for (int i = 0; i < count; i++) {
            int first = (int) workspace[slots + i];
            if (first != i) {
                add(output, output, first * inner, i * inner, inner, true);
            }
        }
    }

    private static void add(Values from, Values to, int at, int into, int inner, boolean instead) {
        for (int j = 0; j < inner; j++) {
            to.set(into + j, instead ? from.get(at + j) : to.get(into + j) + from.get(at + j));
        }
    }

    @Override
    public void backward(int position, List<Values> inputs, Values output, Values upstream, Values gradient, double[] workspace) {
        throw new UnsupportedOperationException("an update is not differentiated");
    }
}
