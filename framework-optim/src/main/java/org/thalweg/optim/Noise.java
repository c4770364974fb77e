package org.thalweg.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.PathPattern;
import org.thalweg.api.optim.Step;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Gaussian noise on the gradients that dies out over the steps (Neelakantan et al., 2015), which helps very deep networks out of poor places:
 *
 * <pre>
 * g &lt;- g + n,   n from Normal(0, eta / (1 + t)^gamma),   t = 0, 1, ... the steps done
 * </pre>
 *
 * The normal numbers are Box and Muller's (1958) from uniform ones, {@code sqrt(-2 log(1 - u)) cos(2 pi v)}; those of a parameter depend on
 * the run's seed, the step and the parameter's path. In a pattern, * stands for any characters.
 *
 * @param eta variance of the first step's noise, in units of the squared gradient; at least 0. The paper tries 0.01, 0.3 and 1
 * @param gamma how fast the variance falls; at least 0
 * @param parameters patterns of paths, any of which may match
 */
@Description("Adds Gaussian noise of variance eta / (1 + t)^gamma to the gradients, t being the steps done.")
public record Noise(
        @Description("Variance of the noise in the first step.") @Default("0.01") @Min(0) double eta,
        @Description("How fast the variance falls from step to step.") @Default("0.55") @Min(0) double gamma,
        @Description("Patterns of the paths of the parameters, with * for any characters.") @Default("[*]") List<String> parameters)
        implements GradientTransform {

    /** Keeps a copy. */
    public Noise {
        parameters = List.copyOf(parameters);
    }

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> values, Step step) {
        List<PathPattern> patterns = parameters.stream().map(PathPattern::of).toList();
        Tensor deviation = step.number().log().mul(-gamma / 2).exp().mul(Math.sqrt(eta));
        Map<String, Tensor> noisy = new LinkedHashMap<>();
        gradients.forEach((path, g) -> {
            boolean matches = patterns.stream().anyMatch(pattern -> pattern.matches(path));
            noisy.put(path, matches ? g.add(normal(path, g, step).mul(deviation)) : g);
        });
        return noisy;
    }

    private static Tensor normal(String path, Tensor like, Step step) {
        Tensor u = step.uniform(path, like.shape());
        Tensor v = step.uniform(path, like.shape());
        return u.neg().log1p().mul(-2).sqrt().mul(v.mul(2 * Math.PI).cos());
    }
}
