package org.thalweg.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Step;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Takes the mean off the gradient of every output's weights (Yong et al., 2020): {@code g <- g - mean of g over all axes but the first}. It
 * keeps the mean of those weights where it is, and makes training smoother. Parameters with fewer than two axes are left alone.
 */
@Description("Takes the mean off the gradient of each output's weights.")
public record Centralisation() implements GradientTransform {

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> parameters, Step step) {
        Map<String, Tensor> centred = new LinkedHashMap<>();
        gradients.forEach((path, g) -> {
            int rank = g.shape().rank();
            centred.put(path, rank < 2 ? g : g.sub(g.meanKeepingAxes(IntStream.range(1, rank).toArray())));
        });
        return centred;
    }
}
