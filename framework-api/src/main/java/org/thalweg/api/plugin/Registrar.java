package org.thalweg.api.plugin;

import java.util.function.Function;
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
import org.thalweg.api.training.StopCriterion;

/**
 * Receives what a plugin offers: a kind, a kebab-case name, a settings record and a factory. Most plugins are a record that
 * implements its kind, and are registered by the class alone: {@code registrar.optimizer("adam", Adam.class)}.
 */
@Stable
public interface Registrar {
    /**
     * Registers one thing.
     *
     * @param kind what it is: {@code Optimizer.class}, {@code Loss.class} ...
     * @param name kebab-case, unique within the kind
     * @param settings the record that holds its settings, see {@link org.thalweg.api.settings}
     * @param factory makes it from settings that are valid
     */
    <T, S extends Record> void register(Class<T> kind, String name, Class<S> settings, Function<? super S, ? extends T> factory);

    /** Registers an optimizer that is its own settings record. */
    default <S extends Record & Optimizer> void optimizer(String name, Class<S> optimizer) {
        register(Optimizer.class, name, optimizer, settings -> settings);
    }

    /** Registers a learning-rate schedule that is its own settings record. */
    default <S extends Record & Schedule> void schedule(String name, Class<S> schedule) {
        register(Schedule.class, name, schedule, settings -> settings);
    }

    /** Registers a gradient transform that is its own settings record. */
    default <S extends Record & GradientTransform> void gradientTransform(String name, Class<S> transform) {
        register(GradientTransform.class, name, transform, settings -> settings);
    }

    /** Registers a minimizer that is its own settings record. */
    default <S extends Record & Minimizer> void minimizer(String name, Class<S> minimizer) {
        register(Minimizer.class, name, minimizer, settings -> settings);
    }

    /** Registers a loss that is its own settings record. */
    default <S extends Record & Loss> void loss(String name, Class<S> loss) {
        register(Loss.class, name, loss, settings -> settings);
    }

    /** Registers a layer that is its own settings record. */
    default <S extends Record & Layer> void layer(String name, Class<S> layer) {
        register(Layer.class, name, layer, settings -> settings);
    }

    /** Registers an initializer that is its own settings record. */
    default <S extends Record & Initializer> void initializer(String name, Class<S> initializer) {
        register(Initializer.class, name, initializer, settings -> settings);
    }

    /** Registers a metric that is its own settings record. */
    default <S extends Record & Metric> void metric(String name, Class<S> metric) {
        register(Metric.class, name, metric, settings -> settings);
    }

    /** Registers a data source that is its own settings record. */
    default <S extends Record & DataSource> void dataSource(String name, Class<S> source) {
        register(DataSource.class, name, source, settings -> settings);
    }

    /** Registers a data transform that is its own settings record. */
    default <S extends Record & Transform> void transform(String name, Class<S> transform) {
        register(Transform.class, name, transform, settings -> settings);
    }

    /** Registers a stop criterion that is its own settings record. */
    default <S extends Record & StopCriterion> void stopCriterion(String name, Class<S> criterion) {
        register(StopCriterion.class, name, criterion, settings -> settings);
    }
}
