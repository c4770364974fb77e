package org.thalweg.app.pipeline;

import java.util.Map;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.loss.CrossEntropy;
import org.thalweg.optim.Adam;
import org.thalweg.optim.Sgd;

/** Formulas that several tests use: built-in ones with a few settings, and small ones written here as an author would. */
final class Formulas {
    private Formulas() {}

    static CrossEntropy crossEntropy() {
        return Settings.of(CrossEntropy.class, Map.of());
    }

    static Sgd sgd(double learningRate) {
        return Settings.of(Sgd.class, Map.of("learningRate", learningRate));
    }

    static Adam adam(double learningRate) {
        return Settings.of(Adam.class, Map.of("learningRate", learningRate));
    }

    /** Multiplies by one parameter, {@code factor}, that starts at 1. */
    record Factor() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input.mul(context.parameter("factor", Shape.of(1), (shape, random) -> new double[] {1}));
        }
    }

    /** The natural logarithm of its input. */
    record Log() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input.log();
        }
    }

    /** (x - t)^2, with a reduction. */
    record Squared(Reduction reduction) implements Loss {
        @Override
        public Elements elements(LossInputs inputs) {
            return Elements.of(inputs.input().sub(inputs.targetLikeInput()).square());
        }
    }

    /** Gradient descent on all rows at once. */
    record Descent(double learningRate) implements Optimizer {
        @Override
        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
            return Update.of(parameter.sub(gradient.mul(step.learningRate())));
        }

        @Override
        public boolean wholeDataset() {
            return true;
        }
    }
}
