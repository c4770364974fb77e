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
 * K is linear in the memory [n, s, features'], which is the input itself if none is named, V in the values [n, s, features''], which are the memory if none are named, and d is the features of a head; the input's shape stays. Parameters in
 * PyTorch's layout: {@code in_proj_weight} [3 features, features] and {@code in_proj_bias} [3 features], the rows of Q before those of K and V;
 * {@code out_proj.weight} [features, features], {@code out_proj.bias} [features]. A memory or values of another number of features have
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
 * @param values names the tensor whose means are taken, place by place that of the memory; if absent, the memory
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
                Optional<String> mask,
        @Description("Name of the sequence whose means are taken, a layer around or a column of the data; if absent, the one that is looked at.")
                Optional<String> values)
        implements Layer {

    /** Of places that are matched and taken alike. */
    public MultiHeadAttention(
            int heads, boolean causal, boolean bias, double dropout, Optional<String> memory, Optional<String> lengths, Optional<String> mask) {
        this(heads, causal, bias, dropout, memory, lengths, mask, Optional.empty());
    }

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
        Tensor taken = values.isPresent() ? context.named(values.get()) : seen;
        if (taken.shape().rank() != 3 || !taken.shape().without(2).equals(seen.shape().without(2))) {
            throw mistake(context, "the values '" + values.orElse("") + "' must be [rows, time, features] with the rows and time of the memory "
                    + seen.shape() + ", but have the shape " + taken.shape());
        }
        int width = shape.extent(2) / heads;
        List<Tensor> projected = projected(context, input, seen, taken);
        Tensor scores = projected.get(0).mul(1 / Math.sqrt(Math.max(1, width))).matmul(projected.get(1).transpose());
        Tensor weights = new Visibility(causal, lengths, mask).weights(context, scores);
        Tensor means = new Dropout(dropout).apply(context, weights).matmul(projected.get(2)).permute(0, 2, 1, 3).reshape(shape);
        return context.apply("out_proj", new Dense(shape.extent(2), bias, Optional.empty(), Optional.empty(), Optional.of(new Zeros())), means);
    }

    /** Q, K and V, each [n, heads, time, width], in as few products as there are different inputs. */
    private List<Tensor> projected(LayerContext context, Tensor input, Tensor seen, Tensor taken) {
        int features = input.shape().extent(2);
        int matched = seen.shape().extent(2);
        int mean = taken.shape().extent(2);
        Initializer initializer = new XavierUniform(1);
        Optional<Tensor> biases = bias ? Optional.of(context.parameter("in_proj_bias", Shape.of(3 * features), new Zeros())) : Optional.empty();
        Tensor forQ;
        Tensor forK;
        Tensor forV;
        if (features == matched && features == mean) {
            Tensor weight = context.parameter("in_proj_weight", Shape.of(3 * features, features), initializer);
            if (memory.isEmpty() && values.isEmpty()) {
                return parts(input, weight, biases, 3);
            }
            forQ = weight.slice(0, 0, features);
            forK = weight.slice(0, features, 2 * features);
            forV = weight.slice(0, 2 * features, 3 * features);
        } else {
            forQ = context.parameter("q_proj_weight", Shape.of(features, features), initializer);
            forK = context.parameter("k_proj_weight", Shape.of(features, matched), initializer);
            forV = context.parameter("v_proj_weight", Shape.of(features, mean), initializer);
        }
        List<Tensor> all = new ArrayList<>(parts(input, forQ, biases.map(b -> b.slice(0, 0, features)), 1));
        if (values.isEmpty()) {
            all.addAll(parts(seen, forK.concat(0, List.of(forV)), biases.map(b -> b.slice(0, features, 3 * features)), 2));
        } else {
            all.addAll(parts(seen, forK, biases.map(b -> b.slice(0, features, 2 * features)), 1));
            all.addAll(parts(taken, forV, biases.map(b -> b.slice(0, 2 * features, 3 * features)), 1));
        }
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
