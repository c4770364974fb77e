package org.thalweg.app.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Transform;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Minimizer;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.training.StopCriterion;

/** The kinds of things that plugins register. */
public enum PluginKind {
    /** Updates parameters. */
    OPTIMIZER(Optimizer.class),
    /** Changes the learning rate over a run. */
    SCHEDULE(Schedule.class),
    /** Changes gradients before the optimizer sees them. */
    GRADIENT_TRANSFORM(GradientTransform.class),
    /** Minimises a whole objective. */
    MINIMIZER(Minimizer.class),
    /** What a model minimises. */
    LOSS(Loss.class),
    /** A piece of a model. */
    LAYER(Layer.class),
    /** Where parameters start. */
    INITIALIZER(Initializer.class),
    /** How good a model is. */
    METRIC(Metric.class),
    /** Where data comes from. */
    DATA_SOURCE(DataSource.class),
    /** A change to data. */
    TRANSFORM(Transform.class),
    /** When to stop early. */
    STOP_CRITERION(StopCriterion.class);

    private final Class<?> type;

    PluginKind(Class<?> type) {
        this.type = type;
    }

    /** The kind of a type, as {@code Optimizer.class}. */
    public static Optional<PluginKind> of(Class<?> type) {
        return Arrays.stream(values()).filter(kind -> kind.type == type).findFirst();
    }

    /** The interface that things of this kind implement. */
    public Class<?> type() {
        return type;
    }

    /** The name in messages and on the command line, as {@code gradient-transform}. */
    public String label() {
        return Settings.kebab(this);
    }

    /** Settings that no plugin of this kind may have, since the framework reads them itself. */
    List<String> reserved() {
        return this == OPTIMIZER ? List.of("type", "groups", "parameters", "frozen") : List.of("type");
    }

    /** The label with its article: {@code an optimizer}. */
    public String one() {
        return ("aeiou".indexOf(label().charAt(0)) < 0 ? "a " : "an ") + label();
    }
}
