package org.thalweg.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Step;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * Scales all gradients down together where their common Euclidean norm is too large (Pascanu et al., 2013), by PyTorch's formula:
 * {@code g <- g * min(1, maxNorm / (|all g| + 1e-6))}. The direction stays the same.
 *
 * @param maxNorm the largest norm that passes, in units of the gradient; above 0
 */
@Description("Scales all gradients down together so that their common norm is at most maxNorm.")
public record ClipByGlobalNorm(@Description("Largest Euclidean norm of all gradients together.") @Positive double maxNorm)
        implements GradientTransform {

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> parameters, Step step) {
        Map<String, Tensor> clipped = new LinkedHashMap<>();
        gradients.values().stream().map(g -> g.square().sum()).reduce(Tensor::add).map(Tensor::sqrt).ifPresent(norm -> {
            Tensor factor = norm.constant(maxNorm).div(norm.add(1e-6)).min(1.0);
            gradients.forEach((path, g) -> clipped.put(path, g.mul(factor)));
        });
        return clipped;
    }
}
