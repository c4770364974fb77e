package org.thalweg.autodiff.layer.attention;

import java.util.Optional;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * The same kind of layer several times, each with parameters of its own, as PyTorch's {@code TransformerEncoder} and {@code TransformerDecoder}: the paths are
 * {@code layers.0}, {@code layers.1} ... and, of a last normalisation, {@code norm}.
 *
 * @param layer each of them
 * @param layers how many
 * @param norm applied last; if absent, nothing
 */
@Description("A layer several times, each with parameters of its own, and perhaps a normalisation at the end.")
public record TransformerStack(
        @Description("Each of the layers.") Layer layer,
        @Description("How many there are.") @Min(1) int layers,
        @Description("A layer applied last, as layer-norm; if absent, none.") Optional<Layer> norm)
        implements Layer, Named {

    @Override
    public String registeredName() {
        return layer instanceof TransformerDecoderLayer ? "transformer-decoder" : "transformer-encoder";
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor output = input;
        for (int i = 0; i < layers; i++) {
            output = context.apply("layers." + i, layer, output);
        }
        return norm.isPresent() ? context.apply("norm", norm.get(), output) : output;
    }
}
