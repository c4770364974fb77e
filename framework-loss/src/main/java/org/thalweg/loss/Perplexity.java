package org.thalweg.loss;

import java.util.List;
import java.util.Map;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Tensor;

/**
 * {@code exp} of the mean {@link CrossEntropy} in nats, over all targets of all batches: among how many equally likely classes the model is
 * undecided on average; from 1 to infinity. Shapes and types are those of the cross-entropy. Without targets that count it is NaN.
 *
 * @param ignoreIndex the class number whose targets do not count
 */
@Description("exp of the mean cross-entropy: among how many equally likely classes the model is undecided.")
public record Perplexity(@Description("Targets with this class number do not count.") @Default("-100") int ignoreIndex) implements Metric {

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        LossInputs inputs = new LossInputs("perplexity", Map.of(LossInputs.INPUT, prediction, LossInputs.TARGET, target));
        Loss.Elements elements = new CrossEntropy(List.of(), ignoreIndex, 0, Reduction.MEAN).elements(inputs);
        return List.of(elements.values().cast(DType.FLOAT64).sum(), elements.divisor().cast(DType.FLOAT64));
    }

    @Override
    public double value(double[] sums) {
        return Math.exp(sums[0] / sums[1]);
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }
}
