package org.thalweg.testkit;

import java.util.List;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/** Optimizers, losses and layers, of which each breaks one promise or keeps all. */
final class Broken implements Plugin {
    @Override
    public String id() {
        return "Broken";
    }

    @Override
    public void register(Registrar registrar) {
        registrar.optimizer("descent", Descent.class);
        registrar.optimizer("ascent", Ascent.class);
        registrar.optimizer("restless", Restless.class);
        registrar.loss("squares", Squares.class);
        registrar.loss("broadcasting", Broadcasting.class);
        registrar.loss("negative", Negative.class);
        registrar.layer("double", Twice.class);
        registrar.layer("across-rows", AcrossRows.class);
        registrar.layer("noisy", Noisy.class);
        registrar.layer("wrong-derivative", WrongDerivative.class);
    }

    @Description("Keeps every promise.")
    public record Descent(@Default("0.002") double learningRate) implements Optimizer {
        @Override
        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
            return Update.of(parameter.sub(gradient.mul(step.learningRate())));
        }
    }

    public record Ascent(@Default("0.002") double learningRate) implements Optimizer {
        @Override
        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
            return Update.of(parameter.add(gradient.mul(step.learningRate())));
        }
    }

    /** Moves by 1e-4 whatever the gradient and the rate are. */
    public record Restless(@Default("0.002") double learningRate) implements Optimizer {
        @Override
        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
            return Update.of(parameter.sub(gradient.mul(step.learningRate())).sub(1e-4));
        }
    }

    public record Squares(@Default("mean") Reduction reduction) implements Loss {
        @Override
        public Elements elements(LossInputs inputs) {
            return Elements.of(inputs.input().sub(inputs.targetLikeInput()).square());
        }
    }

    public record Broadcasting(@Default("mean") Reduction reduction) implements Loss {
        @Override
        public Elements elements(LossInputs inputs) {
            return Elements.of(inputs.input().sub(inputs.target()).square());
        }
    }

    public record Negative(@Default("mean") Reduction reduction) implements Loss {
        @Override
        public Elements elements(LossInputs inputs) {
            return Elements.of(inputs.input().sub(inputs.targetLikeInput()));
        }
    }

    public record Twice() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input.mul(2);
        }
    }

    public record AcrossRows() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input.mul(input.sum());
        }
    }

    public record Noisy() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input.add(context.uniform(input.shape()).mul(1e-9));
        }
    }

    /** The square, with the derivative x. */
    public record WrongDerivative() implements Layer {
        private record Square() implements CustomOp {
            @Override
            public String name() {
                return "square";
            }

            @Override
            public Shape shape(List<Shape> inputs) {
                return inputs.getFirst();
            }

            @Override
            public void forward(List<Values> inputs, Values output, double[] workspace) {
                for (int i = 0; i < output.shape().size(); i++) {
                    output.set(i, inputs.getFirst().get(i) * inputs.getFirst().get(i));
                }
            }

            @Override
            public void backward(int position, List<Values> inputs, Values output, Values upstream, Values gradient, double[] workspace) {
                for (int i = 0; i < gradient.shape().size(); i++) {
                    gradient.set(i, inputs.getFirst().get(i) * upstream.get(i));
                }
            }
        }

        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input.custom(new Square(), List.of());
        }
    }
}
