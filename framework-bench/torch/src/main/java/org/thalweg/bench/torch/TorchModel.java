package org.thalweg.bench.torch;

import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.flatten;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.relu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TransformerEncoderLayerImpl;
import org.bytedeco.pytorch.TransformerEncoderLayerOptions;
import org.thalweg.app.workload.Model;

/**
 * A model in PyTorch.
 *
 * @param parameters in the order of {@link Model#parameters()}
 * @param timeFirst whether sequences come as [time, rows, features], which is what recurrent modules are fastest with
 * @param function the forward pass
 */
record TorchModel(List<Tensor> parameters, boolean timeFirst, Forward function) {
    /** The forward pass. */
    interface Forward {
        Tensor apply(Tensor input);
    }

    Tensor forward(Tensor input) {
        return function.apply(input);
    }

    static TorchModel of(Model model, Map<String, float[]> weights) {
        return switch (model) {
            case Model.Perceptron(List<Integer> sizes, double _) -> {
                Map<String, Tensor> leaves = leaves(model, weights);
                List<Tensor> all = List.copyOf(leaves.values());
                yield new TorchModel(all, false, input -> dense(all, input));
            }
            case Model.LeNet() -> {
                Map<String, Tensor> leaves = leaves(model, weights);
                List<Tensor> all = List.copyOf(leaves.values());
                yield new TorchModel(all, false, new LeNetForward(leaves, all.subList(4, all.size())));
            }
            case Model.Memory(int _, int features, int units) -> {
                LSTMImpl lstm = new LSTMImpl(features, units);
                yield new TorchModel(filled(lstm, model, weights), true, input -> lstm.forward(input).get0());
            }
            case Model.EncoderLayer(int _, int features, int heads, int feedForward) -> {
                TransformerEncoderLayerOptions options = new TransformerEncoderLayerOptions(features, heads);
                options.dim_feedforward().put(feedForward);
                options.dropout().put(0);
                TransformerEncoderLayerImpl layer = new TransformerEncoderLayerImpl(options);
                layer.train(true);
                yield new TorchModel(filled(layer, model, weights), true, layer::forward);
            }
        };
    }

    /** LeNet's convolutions before its dense layers. */
    private record LeNetForward(Map<String, Tensor> leaves, List<Tensor> dense) implements Forward {
        @Override
        public Tensor apply(Tensor input) {
            Tensor x = max_pool2d(relu(convolution("0", input, 2)), 2, 2);
            x = max_pool2d(relu(convolution("2", x, 0)), 2, 2);
            return TorchModel.dense(dense, flatten(x, 1, -1));
        }

        private Tensor convolution(String path, Tensor x, long padding) {
            TensorOptional bias = new TensorOptional(leaves.get(path + ".bias"));
            return conv2d(x, leaves.get(path + ".weight"), bias, new long[] {1, 1}, new long[] {padding, padding}, new long[] {1, 1}, 1);
        }
    }

    /** Weights and biases in turn, with ReLU between the layers. */
    private static Tensor dense(List<Tensor> parameters, Tensor input) {
        Tensor x = input;
        for (int i = 0; i < parameters.size(); i += 2) {
            x = linear(x, parameters.get(i), new TensorOptional(parameters.get(i + 1)));
            x = i + 2 < parameters.size() ? relu(x) : x;
        }
        return x;
    }

    private static Map<String, Tensor> leaves(Model model, Map<String, float[]> weights) {
        Map<String, Tensor> leaves = new LinkedHashMap<>();
        model.parameters().forEach(parameter ->
                leaves.put(parameter.path(), Tensors.numbers(weights.get(parameter.path()), parameter.shape()).set_requires_grad(true)));
        return leaves;
    }

    /** The parameters of a module, with the values that the workload gives. */
    private static List<Tensor> filled(Module module, Model model, Map<String, float[]> weights) {
        List<Tensor> parameters = new ArrayList<>();
        try (NoGradGuard _ = new NoGradGuard(); StringTensorDict named = module.named_parameters()) {
            for (Model.Parameter parameter : model.parameters()) {
                // What the dictionary gives on points into it, and it goes away.
                Tensor tensor = new Tensor(named.get(parameter.path()));
                tensor.copy_(Tensors.numbers(weights.get(parameter.path()), parameter.shape()));
                parameters.add(tensor);
            }
        }
        return parameters;
    }
}
