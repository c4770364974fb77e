package org.thalweg.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Step;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * Scales each gradient down, by itself, where its Euclidean norm is too large: {@code g <- g * min(1, maxNorm / (|g| + 1e-6))}. The
 * proportions between parameters change; {@code clip-by-global-norm} keeps them.
 *
 * @param maxNorm the largest norm that passes, in units of the gradient; above 0
 */
@Description("Scales each gradient down, by itself, so that its norm is at most maxNorm.")
public record ClipByNorm(
        @Description("Largest Euclidean norm of a gradient.") @Positive double maxNorm)
        implements GradientTransform {

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> parameters, Step step) {
        Map<String, Tensor> clipped = new LinkedHashMap<>();
        gradients.forEach((path, g) -> {
            Tensor norm = g.square().sum().sqrt();
            clipped.put(path, g.mul(norm.constant(maxNorm).div(norm.add(1e-6)).min(1.0)));
        });
        return clipped;
    }
}
