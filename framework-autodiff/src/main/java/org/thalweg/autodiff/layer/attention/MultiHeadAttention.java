package org.thalweg.autodiff.layer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.api.layer.Initializer;
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
 * Attention (Vaswani et al., 2017): for each of the heads {@code softmax(Q K^T / sqrt(d)) V}, joined and mapped once more, where Q is linear in the input [n, t, features],
 * K and V are linear in the memory [n, s, features'], which is the input itself if none is named, and d is the features of a head; the input's shape stays. Parameters in
 * PyTorch's layout: {@code in_proj_weight} [3 features, features] and {@code in_proj_bias} [3 features], the rows of Q before those of K and V;
 * {@code out_proj.weight} [features, features], {@code out_proj.bias} [features]. A memory of another number of features has
 * {@code q_proj_weight}, {@code k_proj_weight} and {@code v_proj_weight} in place of {@code in_proj_weight}.
 *
 * <p>A place that sees nothing gets a mean of 0, where PyTorch gives NaN.
 *
 * @param heads divide the features
 * @param causal whether each place sees only itself and those before it
 * @param bias whether there are biases
 * @param dropout in training, the probability with which a place is not seen
 * @param memory names the tensor that is looked at; if absent, the input looks at itself
 * @param lengths names whole numbers [n]: how many places of each row of the memory there are to see
 * @param mask names a tensor [t, s] or [n, t, s], as PyTorch's {@code attn_mask}: a BOOL or INT32 one says what is not seen, other numbers are added to the scores
 */
@Description("Each place of a sequence becomes a mean over all, weighted by how well they match.")
public record MultiHeadAttention(
        @Description("Number of heads; the features are a multiple of it.") @Min(1) int heads,
        @Description("Whether each place sees only itself and those before it.") @Default("false") boolean causal,
        @Description("Whether to add learned biases.") @Default("true") boolean bias,
        @Description("Dropout of the attention weights.") @Default("0") @Min(0) @LessThan(1) double dropout,
        @Description("Name of the sequence that is looked at, a layer around or a column of the data; if absent, the input itself.")
                Optional<String> memory,
        @Description("Name of a column or layer that holds how many places of each row can be seen; if absent, all.") Optional<String> lengths,
        @Description("Name of a column or layer [time, places seen], with the rows before it or not: true or 1 hides, other numbers are added to the scores.")
                Optional<String> mask)
        implements Layer {

    /** Of a sequence by itself; with biases, without dropout. */
    public static MultiHeadAttention of(int heads, boolean causal) {
        return new MultiHeadAttention(heads, causal, true, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() != 3 || shape.extent(2) % heads != 0) {
            throw mistake(context, "the input must be [rows, time, features] with features that divide into " + heads + " heads, but has the shape " + shape);
        }
        Tensor seen = memory.isPresent() ? context.named(memory.get()) : input;
        if (seen.shape().rank() != 3 || seen.shape().extent(0) != shape.extent(0)) {
            throw mistake(context, "the memory '" + memory.orElse("") + "' must be [rows, time, features] with the rows of the input " + shape
                    + ", but has the shape " + seen.shape());
        }
        int width = shape.extent(2) / heads;
        List<Tensor> projected = projected(context, input, seen);
        Tensor scores = projected.get(0).mul(1 / Math.sqrt(Math.max(1, width))).matmul(projected.get(1).transpose());
        Tensor weights = new Visibility(causal, lengths, mask).weights(context, scores);
        Tensor means = new Dropout(dropout).apply(context, weights).matmul(projected.get(2)).permute(0, 2, 1, 3).reshape(shape);
        return context.apply("out_proj", new Dense(shape.extent(2), bias, Optional.empty(), Optional.empty(), Optional.of(new Zeros())), means);
    }

    /** Q, K and V, each [n, heads, time, width], in as few products as there are different inputs. */
    private List<Tensor> projected(LayerContext context, Tensor input, Tensor seen) {
        int features = input.shape().extent(2);
        int theirs = seen.shape().extent(2);
        Initializer initializer = new XavierUniform(1);
        Optional<Tensor> biases = bias ? Optional.of(context.parameter("in_proj_bias", Shape.of(3 * features), new Zeros())) : Optional.empty();
        Tensor forQ;
        Tensor forKAndV;
        if (features == theirs) {
            Tensor weight = context.parameter("in_proj_weight", Shape.of(3 * features, features), initializer);
            if (memory.isEmpty()) {
                return parts(input, weight, biases, 3);
            }
            forQ = weight.slice(0, 0, features);
            forKAndV = weight.slice(0, features, 3 * features);
        } else {
            forQ = context.parameter("q_proj_weight", Shape.of(features, features), initializer);
            forKAndV = context.parameter("k_proj_weight", Shape.of(features, theirs), initializer)
                    .concat(0, List.of(context.parameter("v_proj_weight", Shape.of(features, theirs), initializer)));
        }
        List<Tensor> all = new ArrayList<>(parts(input, forQ, biases.map(b -> b.slice(0, 0, features)), 1));
        all.addAll(parts(seen, forKAndV, biases.map(b -> b.slice(0, features, 3 * features)), 2));
        return all;
    }

    /** One product of x with so many weights one below the other, taken apart. */
    private List<Tensor> parts(Tensor x, Tensor weights, Optional<Tensor> biases, int count) {
        Shape part = Shape.of(x.shape().extent(0), heads, x.shape().extent(1), weights.shape().extent(0) / count / heads);
        Tensor product = x.matmul(weights.transpose());
        Tensor apart = (biases.isPresent() ? product.add(biases.get()) : product)
                .reshape(Shape.of(part.extent(0), part.extent(2), count, heads, part.extent(3)))
                .permute(2, 0, 3, 1, 4);
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(apart.slice(0, i, i + 1).reshape(part));
        }
        return parts;
    }

    private static ShapeException mistake(LayerContext context, String what) {
        return new ShapeException("multi-head-attention at '" + context.path() + "': " + what);
    }
}
