package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** A whole training step as a program: two dense layers with tanh and dropout between, cross-entropy, and Adam. */
final class DenseTraining {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private final Expression firstCorrection;
    private final Expression secondCorrection;
    private final Program program;
    private final List<Object> arrays = new ArrayList<>();
    private int steps;

    DenseTraining(Backend backend, DType dtype, int batch, int inputs, int hidden, int classes, long seed) {
        Graph graph = new Graph();
        SplittableRandom random = new SplittableRandom(seed);
        Expression x = graph.input("x", Shape.of(batch, inputs), dtype);
        Expression target = graph.input("target", Shape.of(batch), DType.INT32);
        List<Expression> parameters = List.of(graph.variable("w1", Shape.of(inputs, hidden), dtype), graph.variable("b1", Shape.of(hidden), dtype),
                graph.variable("w2", Shape.of(hidden, classes), dtype), graph.variable("b2", Shape.of(classes), dtype));
        firstCorrection = graph.scalar("1 - beta1^t", dtype);
        secondCorrection = graph.scalar("1 - beta2^t", dtype);
        Tensor h = x.matmul(parameters.get(0)).add(parameters.get(1)).tanh();
        Tensor kept = graph.uniform(5, Shape.of(batch, hidden), dtype).less(0.9).where(h.div(0.9), h.constant(0));
        Tensor scores = kept.matmul(parameters.get(2)).add(parameters.get(3));
        Expression loss = (Expression) scores.logSoftmax(-1).mul(target.oneHot(classes, dtype)).sum().neg().div(batch);
        List<Expression> gradients = Gradients.of(loss, parameters);
        Map<Expression, Expression> updates = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            Expression parameter = parameters.get(i);
            Expression m = graph.variable("m" + i, parameter.shape(), dtype);
            Expression v = graph.variable("v" + i, parameter.shape(), dtype);
            Tensor nextM = m.mul(BETA1).add(gradients.get(i).mul(1 - BETA1));
            Tensor nextV = v.mul(BETA2).add(gradients.get(i).square().mul(1 - BETA2));
            Tensor change = nextM.div(firstCorrection).div(nextV.div(secondCorrection).sqrt().add(1e-8)).mul(0.01);
            updates.put(parameter, parameter.sub(change));
            updates.put(m, (Expression) nextM);
            updates.put(v, (Expression) nextV);
        }
        List<Expression> finite = new ArrayList<>(gradients);
        finite.add(loss);
        program = backend.compile(new Computation(List.of(loss), updates, finite));
        bind(x, random, 1);
        program.bind(target, random.ints(batch, 0, classes).toArray());
        updates.keySet().forEach(variable -> bind(variable, random, parameters.contains(variable) ? 0.2 : 0));
    }

    private void bind(Expression leaf, SplittableRandom random, double scale) {
        Object array = Memory.array(leaf.dtype(), (int) leaf.shape().size());
        for (int i = 0; i < leaf.shape().size(); i++) {
            double value = (2 * random.nextDouble() - 1) * scale;
            if (array instanceof float[] floats) {
                floats[i] = (float) value;
            } else {
                ((double[]) array)[i] = value;
            }
        }
        program.bind(leaf, array);
        arrays.add(array);
    }

    /** One step of training; the loss before it. */
    double step() {
        steps++;
        program.set(firstCorrection, 1 - StrictMath.pow(BETA1, steps));
        program.set(secondCorrection, 1 - StrictMath.pow(BETA2, steps));
        program.random(11, steps);
        if (!program.run()) {
            throw new IllegalStateException("the loss or a gradient is not finite in step " + steps);
        }
        return program.number(0);
    }

    /** The data, the parameters and the optimizer's state. */
    List<Object> arrays() {
        return arrays;
    }
}
