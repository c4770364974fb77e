package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.Sequence;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;

/**
 * What a model consists of, and what a batch of some size costs.
 *
 * @param rows of the batch
 * @param input the shape of the batch
 * @param layers from the input to the output; a layer stands before those inside it, with what it does itself
 * @param memory that a step of training holds
 */
public record ModelSummary(int rows, Shape input, List<LayerSummary> layers, Memory memory) {
    /** Copies the list. */
    public ModelSummary {
        layers = List.copyOf(layers);
    }

    /**
     * One layer.
     *
     * @param path as {@code 1.activation}; empty for the whole model
     * @param kind as {@code dense}
     * @param output its shape for the batch
     * @param parameters trainable numbers of its own
     * @param multiplyAdds of its own matrix products, forwards, for the batch
     */
    public record LayerSummary(String path, String kind, Shape output, long parameters, long multiplyAdds) {}

    /**
     * Bytes.
     *
     * @param weights parameters, and running statistics
     * @param gradients of the parameters, and their sums where several batches are a step
     * @param optimizer what the optimizer keeps
     * @param batch the columns of the data
     * @param outputs what the layers make
     */
    public record Memory(long weights, long gradients, long optimizer, long batch, long outputs) {
        /** All of it; the compiled program needs some more for what lies between. */
        public long total() {
            return weights + gradients + optimizer + batch + outputs;
        }
    }

    /** Trainable numbers of all layers. */
    public long parameters() {
        return layers.stream().mapToLong(LayerSummary::parameters).sum();
    }

    /** Of all layers, forwards, for the batch. */
    public long multiplyAdds() {
        return layers.stream().mapToLong(LayerSummary::multiplyAdds).sum();
    }

    /** Traces a step of training without compiling it. */
    static ModelSummary of(Plan plan, int rows) {
        Variables variables = new Variables(plan.seed(), plan.dtype(), plan.initialParameters());
        BatchColumns batch = plan.batch(rows);
        ModelTrace model = ModelTrace.of(plan, variables, batch, rows, true);
        Map<String, Expression> gradients = TrainingStep.gradients(plan, model, model.loss());
        new OptimizerTrace(plan, model, variables).updates(gradients, new StepScalars(model.graph(), plan.dtype(), plan.parameterGroups()));

        List<LayerSummary> layers = layers(model, plan.model());
        long outputs = layers.stream().mapToLong(layer -> layer.output().size() * plan.dtype().bytes()).sum();
        long columns = batch.all().stream().mapToLong(column -> column.shape(rows).size() * column.dtype().bytes()).sum();
        Memory memory = new Memory(variables.weightBytes(), gradientBytes(gradients) * (plan.accumulate() > 1 ? 2 : 1), variables.optimizerBytes(), columns, outputs);
        return new ModelSummary(rows, batch.all().iterator().next().shape(rows), layers, memory);
    }

    private static long gradientBytes(Map<String, Expression> gradients) {
        return gradients.values().stream().mapToLong(gradient -> gradient.shape().size() * gradient.dtype().bytes()).sum();
    }

    private static List<LayerSummary> layers(ModelTrace model, Layer whole) {
        Map<String, Long> parameters = new HashMap<>();
        model.layers().parameters().forEach((path, leaf) -> parameters.merge(model.layers().owner(path), leaf.shape().size(), Long::sum));
        Map<String, Long> multiplyAdds = new HashMap<>();
        for (Expression node : Graph.reachable(model.outputs())) {
            long products = multiplyAdds(node);
            if (products > 0) {
                multiplyAdds.merge(node.origin(), products, Long::sum);
            }
        }
        List<LayerSummary> layers = new ArrayList<>();
        model.layers().layerNames().forEach((path, kind) -> layers.add(new LayerSummary(path, kind, model.layers().output(path),
                parameters.getOrDefault(path, 0L), multiplyAdds.getOrDefault(path, 0L))));
        // A list of layers is no layer to people: what it does is done by those inside.
        if (layers.size() > 1 && whole instanceof Sequence && layers.getFirst().path().isEmpty()) {
            layers.removeFirst();
        }
        return layers;
    }

    private static long multiplyAdds(Expression node) {
        return switch (node.op()) {
            case Op.MatMul product -> node.shape().size() * node.input(0).shape().extent(product.transposeA() ? -2 : -1);
            case Op.Convolution convolution -> node.shape().size() * node.input(1).shape().without(0).size();
            case Op.ConvolutionInput transposed -> node.input(0).shape().size() * node.input(1).shape().without(0).size();
            default -> 0;
        };
    }
}
