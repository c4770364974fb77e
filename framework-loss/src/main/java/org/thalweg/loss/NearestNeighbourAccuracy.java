package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The share of rows whose nearest other row is of the same class, from 0 to 1: what the literature on metric learning calls recall at 1. The
 * prediction is one vector a row, [N, D], the target class numbers, INT32 [N]; the distance is Euclidean, the first of equally near rows counts.
 *
 * <p>All rows of the data are compared with each other, none with itself, and none with those that the model was trained on. A thing should
 * stand in the data once: twice, it would find itself. With fewer than two rows it is NaN.
 */
@Description("The share of rows whose nearest other row is of the same class (recall at 1): judges vectors [N, D] by class numbers. All rows of the"
        + " data are compared with each other, so nothing should stand there twice.")
public record NearestNeighbourAccuracy() implements Metric {

    @Override
    public boolean wholeDataset() {
        return true;
    }

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        Shape shape = prediction.shape();
        if (shape.rank() != 2 || target.dtype() != DType.INT32 || !target.shape().equals(Shape.of(shape.extent(0)))) {
            throw new ShapeException("nearest-neighbour-accuracy needs one vector a row, [N, D], and class numbers INT32 [N], but is given "
                    + prediction.dtype() + shape + " and " + target.dtype() + target.shape());
        }
        int rows = shape.extent(0);
        if (rows < 2) {
            return List.of(prediction.constant(0), prediction.constant(0));
        }
        Tensor squares = prediction.square().sumKeepingAxes(1);
        Tensor distance = squares.add(squares.transpose()).sub(prediction.matmul(prediction.transpose()).mul(2));
        Tensor number = prediction.range(rows);
        Tensor itself = number.reshape(-1, 1).equal(number.reshape(1, -1));
        Tensor nearest = itself.where(prediction.constant(Double.NEGATIVE_INFINITY), distance.neg()).argMax(1);
        Tensor right = target.gather(nearest).equal(target).cast(prediction.dtype());
        return List.of(right.sum(), prediction.constant(rows));
    }

    @Override
    public double value(double[] sums) {
        return sums[0] / sums[1];
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }
}
