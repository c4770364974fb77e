package org.thalweg.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;

/**
 * A layer that was applied to values.
 *
 * @param context with the parameters and states that it asked for
 * @param input the leaf
 * @param output of the layer
 * @param values of the input, the parameters and the states
 */
public record LayerTrace(TracedContext context, Expression input, Expression output, Map<Expression, double[]> values) {
    /**
     * Applies a layer.
     *
     * @param dtype of the model
     * @param shape of the batch
     * @param type of the batch: the model's, or INT32
     * @param values of the batch, row-major
     */
    public static LayerTrace of(Layer layer, DType dtype, boolean training, Shape shape, DType type, double... values) {
        TracedContext context = TracedContext.of(dtype, training);
        Expression input = context.graph().variable("input", shape, type);
        Expression output = (Expression) layer.apply(context, input);
        Map<Expression, double[]> all = new LinkedHashMap<>(context.values());
        all.put(input, values);
        return new LayerTrace(context, input, output, all);
    }

    /** The numbers of the output, as a training computes them. */
    public double[] numbers() {
        return Evaluation.of(List.of(output), values).getFirst();
    }
}
