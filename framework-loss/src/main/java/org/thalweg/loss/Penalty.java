package org.thalweg.loss;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/** The gradient of a penalty on chosen parameters, added to that of the loss. */
final class Penalty {
    private Penalty() {}

    /**
     * @param name of the penalty, for messages
     * @param pattern names of parameters, in which {@code *} stands for any text
     * @param derivative of the penalty with respect to a parameter
     */
    static Map<String, Tensor> add(
            String name, String pattern, Map<String, Tensor> gradients, Map<String, Tensor> parameters, UnaryOperator<Tensor> derivative) {
        Pattern chosen = Pattern.compile(Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        if (parameters.keySet().stream().noneMatch(path -> chosen.matcher(path).matches())) {
            throw new ShapeException(name + ": no parameter is called '" + pattern + "'; the model has "
                    + String.join(", ", parameters.keySet()));
        }
        Map<String, Tensor> sums = new LinkedHashMap<>();
        gradients.forEach((path, gradient) -> sums.put(path,
                chosen.matcher(path).matches() ? gradient.add(derivative.apply(parameters.get(path))) : gradient));
        return sums;
    }
}
