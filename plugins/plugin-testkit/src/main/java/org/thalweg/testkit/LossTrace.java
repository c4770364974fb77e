package org.thalweg.testkit;

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
import org.thalweg.autodiff.graph.Op;

/** A loss with values for its inputs: what a test writes down to get numbers. */
public final class LossTrace {
    private final Graph graph = new Graph();
    private final String name;
    private final Loss loss;
    private final DType dtype;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<Expression, double[]> leaves = new LinkedHashMap<>();

    /** In FLOAT64. */
    public LossTrace(Loss loss) {
        this(loss, DType.FLOAT64);
    }

    /** In a floating-point type. */
    public LossTrace(Loss loss, DType dtype) {
        this("this-loss", loss, dtype);
    }

    /** The same, with a name for messages. */
    public LossTrace(String name, Loss loss, DType dtype) {
        this.name = name;
        this.loss = loss;
        this.dtype = dtype;
    }

    /** An input of the loss's type, row-major. */
    public LossTrace with(String name, Shape shape, double... values) {
        return with(name, shape, dtype, values);
    }

    /** An input of whole numbers: classes, lengths. */
    public LossTrace whole(String name, Shape shape, double... values) {
        return with(name, shape, DType.INT32, values);
    }

    /** An input of any type, row-major. */
    public LossTrace with(String name, Shape shape, DType type, double... values) {
        Expression leaf = graph.variable(name, shape, type);
        inputs.put(name, leaf);
        leaves.put(leaf, values);
        return this;
    }

    /** Another tensor in the place of an input. */
    public LossTrace replace(String name, Tensor tensor) {
        inputs.put(name, tensor);
        return this;
    }

    /** The leaf of an input. */
    public Expression input(String name) {
        return (Expression) inputs.get(name);
    }

    /** All inputs that were given values. */
    public Map<Expression, double[]> leaves() {
        return leaves;
    }

    /** The loss. */
    public Loss loss() {
        return loss;
    }

    /** The same with the rows of every input in another order. */
    public LossTrace inOrder(int... order) {
        LossTrace other = new LossTrace(name, loss, dtype);
        leaves.forEach((leaf, values) -> other.with(((Op.Leaf) leaf.op()).name(), leaf.shape(), leaf.dtype(), inOrder(values, order)));
        return other;
    }

    /** Values of as many rows as there are numbers in the order. */
    static double[] inOrder(double[] values, int... order) {
        int size = values.length / order.length;
        double[] result = new double[values.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(values, order[i] * size, result, i * size, size);
        }
        return result;
    }

    /** The reduced loss. */
    public Expression traced() {
        Loss.Elements elements = loss.elements(new LossInputs(name, inputs));
        return (Expression) switch (loss.reduction()) {
            case MEAN -> elements.values().sum().div(elements.divisor());
            case SUM -> elements.values().sum();
            case NONE -> elements.values();
        };
    }

    /** The numbers of {@link #traced()}. */
    public double[] value() {
        return Evaluation.of(List.of(traced()), leaves).getFirst();
    }

    /** The gradient of the sum of what {@link #traced()} gives. */
    public double[] gradient(String name) {
        Expression value = traced();
        return Evaluation.of(Gradients.of(value, (Expression) value.onesLike(), List.of(input(name))), leaves).getFirst();
    }

    /** The value, then the gradients of every floating-point input. */
    public List<double[]> valueAndGradients() {
        Expression value = traced();
        List<Expression> outputs = new ArrayList<>(List.of(value));
        List<Expression> with = leaves.keySet().stream().filter(leaf -> leaf.dtype().isFloating()).toList();
        outputs.addAll(Gradients.of(value, (Expression) value.onesLike(), with));
        return Evaluation.of(outputs, leaves);
    }
}
