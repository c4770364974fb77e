package org.thalweg.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Step;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * Limits every element of every gradient: {@code g <- min(max(g, -limit), limit)}. The direction may change.
 *
 * @param limit the largest absolute value that passes, in units of the gradient; above 0
 */
@Description("Limits every element of every gradient to [-limit, limit].")
public record ClipByValue(@Description("Largest absolute value of an element.") @Positive double limit) implements GradientTransform {

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> parameters, Step step) {
        Map<String, Tensor> clipped = new LinkedHashMap<>();
        gradients.forEach((path, g) -> clipped.put(path, g.clamp(-limit, limit)));
        return clipped;
    }
}
