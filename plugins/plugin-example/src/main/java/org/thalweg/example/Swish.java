package org.thalweg.example;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/**
 * {@code x * sigmoid(beta * x)} with a beta that is learned (Ramachandran et al., 2017): between a straight line at 0 and a rectifier for
 * large beta. The output has the input's shape, any; the parameter {@code beta} is a single number.
 *
 * @param initialBeta the first value of beta
 */
@Description("x * sigmoid(beta * x) with a learned beta.")
public record Swish(@Description("First value of beta.") @Default("1") double initialBeta) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor x) {
        Tensor beta = context.parameter("beta", Shape.scalar(), (shape, random) -> new double[] {initialBeta});
        return x.mul(x.mul(beta).sigmoid());
    }
}
