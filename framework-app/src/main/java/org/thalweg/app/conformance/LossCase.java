package org.thalweg.app.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** A loss's value, and its gradients for a given upstream. */
final class LossCase {
    /** Scores that go through log-softmax over the last axis before they are the input. */
    private static final String LOGITS = "logits";

    private LossCase() {}

    /** What differs. */
    static Optional<String> run(GoldenCase golden, CaseContext context) throws UnsupportedCaseException {
        String name = golden.text("loss");
        Translation translation = TorchNames.LOSSES.get(name);
        Loss loss = context.make(Loss.class, name, TorchNames.LOSSES, golden.options());
        Graph graph = new Graph();
        Map<String, GoldenTensor> given = golden.tensors("inputs");
        Map<String, Expression> leaves = new LinkedHashMap<>();
        Map<String, Tensor> inputs = new HashMap<>();
        Map<Expression, double[]> values = new HashMap<>();
        for (Map.Entry<String, GoldenTensor> input : given.entrySet()) {
            DType dtype = isWhole(translation, input.getKey(), given) ? DType.INT32 : DType.FLOAT64;
            Expression leaf = graph.variable(input.getKey(), input.getValue().shape(), dtype);
            leaves.put(input.getKey(), leaf);
            values.put(leaf, input.getValue().data());
            boolean logits = input.getKey().equals(LOGITS);
            inputs.put(logits ? LossInputs.INPUT : translation == null ? input.getKey() : translation.name(input.getKey()),
                    logits ? leaf.logSoftmax(-1) : leaf);
        }
        if (!inputs.keySet().equals(new TreeSet<>(loss.inputs()))) {
            throw new UnsupportedCaseException("the loss takes " + loss.inputs() + ", but the case gives " + new TreeSet<>(inputs.keySet()));
        }
        Expression value = reduced(loss, new LossInputs(name, inputs));
        GoldenTensor wantedValue = golden.tensor("value");
        GoldenTensor upstream = golden.tensor("upstream");
        if (!value.shape().equals(wantedValue.shape()) || !value.shape().equals(upstream.shape())) {
            return Optional.of("value has the shape " + value.shape() + " instead of " + wantedValue.shape());
        }
        Map<String, GoldenTensor> wanted = golden.tensors("gradients");
        List<Expression> outputs = new ArrayList<>(List.of(value));
        Expression fedBack = graph.input("upstream", upstream.shape(), DType.FLOAT64);
        values.put(fedBack, upstream.data());
        List<Expression> with = new ArrayList<>();
        for (String input : wanted.keySet()) {
            if (leaves.get(input) == null || !leaves.get(input).dtype().isFloating()) {
                throw new UnsupportedCaseException("a gradient is given for '" + input + "', which is no floating-point input");
            }
            with.add(leaves.get(input));
        }
        outputs.addAll(Gradients.of(value, fedBack, with));
        List<double[]> got = context.values(outputs, values);

        Optional<String> difference = Comparison.difference("value", wantedValue, value.shape().toArray(), got.getFirst());
        int next = 1;
        for (Map.Entry<String, GoldenTensor> gradient : wanted.entrySet()) {
            double[] numbers = got.get(next++);
            difference = difference.or(() -> Comparison.difference("gradient of '" + gradient.getKey() + "'", gradient.getValue(),
                    leaves.get(gradient.getKey()).shape().toArray(), numbers));
        }
        return difference;
    }

    /** Class numbers where the table says so; a target in the scores' own shape holds probabilities, but for lists of labels. */
    private static boolean isWhole(Translation translation, String input, Map<String, GoldenTensor> given) {
        if (translation == null) {
            return given.get(input).whole();
        }
        if (!translation.wholeInputs().contains(input)) {
            return false;
        }
        GoldenTensor scores = given.get(LossInputs.INPUT);
        return scores == null || !given.get(input).shape().equals(scores.shape()) || given.get(input).whole();
    }

    private static Expression reduced(Loss loss, LossInputs inputs) {
        Loss.Elements elements = loss.elements(inputs);
        return (Expression) switch (loss.reduction()) {
            case MEAN -> elements.values().sum().div(elements.divisor());
            case SUM -> elements.values().sum();
            case NONE -> elements.values();
        };
    }
}
