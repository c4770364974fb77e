package org.thalweg.autodiff.layer.attention;

import java.util.Optional;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Dropout;
import org.thalweg.autodiff.layer.XavierUniform;
import org.thalweg.autodiff.layer.Zeros;

/**
 * Self-attention (Vaswani et al., 2017): for each of the heads {@code softmax(Q K^T / sqrt(d)) V}, joined and mapped once more, where Q, K and V are linear in the
 * input and d is the features of a head; from [n, time, features] to the same. Parameters in PyTorch's layout: {@code in_proj_weight} [3 features, features]
 * and {@code in_proj_bias} [3 features], the rows of Q before those of K and V; {@code out_proj.weight} [features, features], {@code out_proj.bias} [features].
 *
 * @param heads divide the features
 * @param causal whether each place sees only itself and those before it
 * @param bias whether there are biases
 * @param dropout in training, the probability with which a place is not seen
 */
@Description("Each place of a sequence becomes a mean over all, weighted by how well they match.")
public record MultiHeadAttention(
        @Description("Number of heads; the features are a multiple of it.") @Min(1) int heads,
        @Description("Whether each place sees only itself and those before it.") @Default("false") boolean causal,
        @Description("Whether to add learned biases.") @Default("true") boolean bias,
        @Description("Dropout of the attention weights.") @Default("0") @Min(0) @LessThan(1) double dropout)
        implements Layer {

    /** With biases, without dropout. */
    public static MultiHeadAttention of(int heads, boolean causal) {
        return new MultiHeadAttention(heads, causal, true, 0);
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() != 3 || shape.extent(2) % heads != 0) {
            throw new ShapeException("multi-head-attention at '" + context.path() + "': the input must be [rows, time, features] with features that divide into "
                    + heads + " heads, but has the shape " + shape);
        }
        int rows = shape.extent(0);
        int time = shape.extent(1);
        int features = shape.extent(2);
        int width = features / heads;

        Tensor projected = input.matmul(context.parameter("in_proj_weight", Shape.of(3 * features, features), new XavierUniform(1)).transpose());
        if (bias) {
            projected = projected.add(context.parameter("in_proj_bias", Shape.of(3 * features), new Zeros()));
        }
        // [3, n, heads, time, width]
        Tensor parts = projected.reshape(Shape.of(rows, time, 3, heads, width)).permute(2, 0, 3, 1, 4);
        Shape part = Shape.of(rows, heads, time, width);
        Tensor q = parts.slice(0, 0, 1).reshape(part);
        Tensor k = parts.slice(0, 1, 2).reshape(part);
        Tensor v = parts.slice(0, 2, 3).reshape(part);

        Tensor scores = q.mul(1 / Math.sqrt(Math.max(1, width))).matmul(k.transpose());
        if (causal) {
            Tensor places = input.range(time);
            Tensor later = places.reshape(time, 1).less(places.reshape(1, time));
            scores = later.where(scores.constant(Double.NEGATIVE_INFINITY), scores);
        }
        Tensor weights = new Dropout(dropout).apply(context, scores.softmax(-1));
        Tensor seen = weights.matmul(v).permute(0, 2, 1, 3).reshape(shape);
        return context.apply("out_proj", new Dense(features, bias, Optional.empty(), Optional.empty(), Optional.of(new Zeros())), seen);
    }
}
