package org.thalweg.app.plugin;

import java.util.List;
import java.util.function.Consumer;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.OneOf;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/** A plugin whose registrations a test writes down. */
public record TestPlugin(String id, Consumer<Registrar> registrations) implements Plugin {
    @Override
    public void register(Registrar registrar) {
        registrations.accept(registrar);
    }

    /** A registry with one thing of most kinds. */
    public static PluginRegistry registry() {
        return new PluginRegistry(List.of(new LoadedPlugin(new TestPlugin("test", TestPlugin::registerAll), "test.jar")));
    }

    private static void registerAll(Registrar registrar) {
        registrar.optimizer("adam", Adam.class);
        registrar.optimizer("averaged", Averaged.class);
        registrar.layer("dense", Dense.class);
        registrar.layer("flatten", Flatten.class);
        registrar.layer("residual", Residual.class);
        registrar.loss("cross-entropy", CrossEntropy.class);
        registrar.metric("accuracy", Accuracy.class);
        registrar.dataSource("numbers", Numbers.class);
    }

    /** An optimizer. */
    @Description("Adam (Kingma and Ba, 2015).")
    public record Adam(
            @Description("The size of a step.") @Default("0.001") @Positive double learningRate,
            @Description("Decay of the means.") @Default("[0.9, 0.999]") @Min(0) @LessThan(1) List<Double> betas)
            implements Optimizer {
        @Override
        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
            return Update.of(parameter);
        }
    }

    /** An optimizer around another. */
    public record Averaged(Optimizer inner) implements Optimizer {
        @Override
        public double learningRate() {
            return inner.learningRate();
        }

        @Override
        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
            return inner.update(parameter, gradient, state, step);
        }
    }

    /** A layer. */
    public record Dense(@Min(1) int units, @Default("none") @OneOf({"none", "relu"}) String activation) implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input;
        }
    }

    /** A layer without settings. */
    public record Flatten() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input;
        }
    }

    /** A layer around others. */
    public record Residual(Layer body) implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input;
        }
    }

    /** A loss. */
    public record CrossEntropy() implements Loss {
        @Override
        public Elements elements(LossInputs inputs) {
            return Elements.of(inputs.input());
        }
    }

    /** A metric. */
    public record Accuracy() implements Metric {
        @Override
        public List<Tensor> sums(Tensor prediction, Tensor target) {
            return List.of(prediction);
        }

        @Override
        public double value(double[] sums) {
            return sums[0];
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }
    }

    /** A data source. */
    public record Numbers(@Default("10") int rows) implements DataSource {
        @Override
        public Dataset open(DataContext context) {
            throw new UnsupportedOperationException();
        }
    }
}
