package org.thalweg.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.PathPattern;
import org.thalweg.api.optim.Step;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Weight decay for the parameters whose paths match. Decoupled (Loshchilov and Hutter, 2019), the default, it is taken off the parameter
 * after the optimizer's step and does not pass through its moments; otherwise it is an L2 penalty, part of the gradient.
 *
 * <pre>
 * decoupled: p &lt;- p(next) - lr * strength * p
 * otherwise: g &lt;- g + strength * p
 * </pre>
 *
 * In a pattern, * stands for any characters: {@code *.weight} leaves out all biases. The rate lr is that of the parameter's group.
 *
 * @param strength of the decay, as AdamW's weightDecay; at least 0
 * @param parameters patterns of paths, any of which may match
 * @param decoupled whether the decay passes by the optimizer
 */
@Description("Weight decay for the parameters whose paths match a pattern.")
public record WeightDecay(
        @Description("Strength of the decay.") @Default("0.01") @Min(0) double strength,
        @Description("Patterns of the paths of the parameters, with * for any characters.") @Default("[*]") List<String> parameters,
        @Description("Whether the decay passes by the optimizer, instead of being part of the gradient.") @Default("true")
                boolean decoupled)
        implements GradientTransform {

    /** Keeps a copy. */
    public WeightDecay {
        parameters = List.copyOf(parameters);
    }

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> values, Step step) {
        return decoupled ? gradients : matching(gradients, (path, g) -> g.add(values.get(path).mul(strength)));
    }

    @Override
    public Map<String, Tensor> afterUpdate(Map<String, Tensor> next, Map<String, Tensor> values, Step step) {
        return decoupled
                ? matching(next, (path, p) -> p.sub(values.get(path).mul(step.learningRate(path).mul(strength))))
                : next;
    }

    private Map<String, Tensor> matching(Map<String, Tensor> all, BiFunction<String, Tensor, Tensor> change) {
        List<PathPattern> patterns = parameters.stream().map(PathPattern::of).toList();
        Map<String, Tensor> changed = new LinkedHashMap<>();
        all.forEach((path, tensor) -> {
            boolean matches = patterns.stream().anyMatch(pattern -> pattern.matches(path));
            changed.put(path, matches ? change.apply(path, tensor) : tensor);
        });
        return changed;
    }
}
