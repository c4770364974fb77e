package org.thalweg.autodiff.layer;

import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The axes of each row in another order: axis i of a row of the output is axis {@code order[i]} of a row of the input, counted from 1; the rows stay.
 *
 * @param order every axis once; [2, 1] makes [n, time, classes] the [n, classes, time] of the losses
 */
@Description("The axes of each row in another order.")
public record Permute(
        @Description("The axes of a row, from 1, in their new order, as in [2, 1]; axis 0 counts the rows and stays.") @Min(1) List<Integer> order)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        int rank = input.shape().rank();
        if (!order.stream().sorted().toList().equals(IntStream.range(1, rank).boxed().toList())) {
            throw new ShapeException("permute at '" + context.path() + "': order must list each of the axes 1 to " + (rank - 1) + " of " + input.shape()
                    + " once, but is " + order);
        }
        return input.permute(IntStream.concat(IntStream.of(0), order.stream().mapToInt(Integer::intValue)).toArray());
    }
}
