package org.thalweg.autodiff.layer;

import java.util.Optional;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * A fully connected layer: {@code activation(x W^T + b)}, from [N, ..., in] to [N, ..., units]. Its parameters have PyTorch's layout:
 * {@code weight} [units, in] and {@code bias} [units]. An input of rank 0 or 1 is a {@link ShapeException}.
 *
 * @param units the number of outputs; at least 1
 * @param bias whether there is a b
 * @param activation applied last, its path is {@code activation}; if absent, nothing
 * @param weightInitializer if absent, uniform within {@code 1 / sqrt(in)} of 0, as in PyTorch
 * @param biasInitializer if absent, the same
 */
@Description("A fully connected layer over the last axis, with an optional activation.")
public record Dense(
        @Description("Number of outputs.") @Min(1) int units,
        @Description("Whether to add a learned bias.") @Default("true") boolean bias,
        @Description("A layer applied to the result, as relu; if absent, none.") Optional<Layer> activation,
        @Description("How the weight starts; if absent, uniform within 1 / sqrt(inputs) of 0.") Optional<Initializer> weightInitializer,
        @Description("How the bias starts; if absent, uniform within 1 / sqrt(inputs) of 0.") Optional<Initializer> biasInitializer)
        implements Layer {

    /** A layer without activation, with bias and PyTorch's initial values. */
    public static Dense of(int units) {
        return new Dense(units, true, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A layer with an activation, with bias and PyTorch's initial values. */
    public static Dense of(int units, Layer activation) {
        return new Dense(units, true, Optional.of(activation), Optional.empty(), Optional.empty());
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        if (input.shape().rank() < 2) {
            throw new ShapeException("dense at '" + context.path() + "': the input must be [rows, ..., inputs], but has the shape "
                    + input.shape() + "; 'flatten' before it makes a matrix");
        }
        int inputs = input.shape().extent(-1);
        double bound = 1 / Math.sqrt(Math.max(1, inputs));
        Initializer near = new Uniform(-bound, bound);

        Tensor weight = context.parameter("weight", Shape.of(units, inputs), weightInitializer.orElse(near));
        Tensor output = input.matmul(weight.transpose());
        if (bias) {
            output = output.add(context.parameter("bias", Shape.of(units), biasInitializer.orElse(near)));
        }
        return activation.isPresent() ? context.apply("activation", activation.get(), output) : output;
    }
}
