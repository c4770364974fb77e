package org.thalweg.loss;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** A loss with values for its inputs: what a test writes down to get numbers. */
final class LossTrace {
    private final Graph graph = new Graph();
    private final Loss loss;
    private final DType dtype;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<Expression, double[]> leaves = new LinkedHashMap<>();

    LossTrace(Loss loss) {
        this(loss, DType.FLOAT64);
    }

    LossTrace(Loss loss, DType dtype) {
        this.loss = loss;
        this.dtype = dtype;
    }

    LossTrace with(String name, Shape shape, double... values) {
        return with(name, shape, dtype, values);
    }

    LossTrace whole(String name, Shape shape, double... values) {
        return with(name, shape, DType.INT32, values);
    }

    private LossTrace with(String name, Shape shape, DType type, double... values) {
        Expression leaf = graph.variable(name, shape, type);
        inputs.put(name, leaf);
        leaves.put(leaf, values);
        return this;
    }

    /** Another tensor in the place of an input. */
    LossTrace replace(String name, Tensor tensor) {
        inputs.put(name, tensor);
        return this;
    }

    Expression input(String name) {
        return (Expression) inputs.get(name);
    }

    Map<Expression, double[]> leaves() {
        return leaves;
    }

    /** The reduced loss. */
    Expression traced() {
        Loss.Elements elements = loss.elements(new LossInputs("this-loss", inputs));
        return (Expression) switch (loss.reduction()) {
            case MEAN -> elements.values().sum().div(elements.divisor());
            case SUM -> elements.values().sum();
            case NONE -> elements.values();
        };
    }

    double[] value() {
        return Evaluation.of(List.of(traced()), leaves).getFirst();
    }

    /** The gradient of the sum of what {@link #traced()} gives. */
    double[] gradient(String name) {
        Expression value = traced();
        return Evaluation.of(Gradients.of(value, (Expression) value.onesLike(), List.of(input(name))), leaves).getFirst();
    }

    /** The value, then the gradients of every floating-point input. */
    List<double[]> valueAndGradients() {
        Expression value = traced();
        List<Expression> outputs = new ArrayList<>(List.of(value));
        List<Expression> with = leaves.keySet().stream().filter(leaf -> leaf.dtype().isFloating()).toList();
        outputs.addAll(Gradients.of(value, (Expression) value.onesLike(), with));
        return Evaluation.of(outputs, leaves);
    }
}
