package org.thalweg.app.config;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.References;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.app.plugin.PluginRegistry;

/** The references of a run's own settings: those of the plugins, and those that keep the name that was written, an optimizer with its groups, and weights of classes. */
final class RunReferences implements References {
    private static final Map<Class<?>, Naming<?>> NAMED = Map.of(
            NamedLoss.class, new Naming<>(Loss.class, NamedLoss::new),
            NamedMetric.class, new Naming<>(Metric.class, NamedMetric::new));

    private final PluginRegistry plugins;

    RunReferences(PluginRegistry plugins) {
        this.plugins = plugins;
    }

    @Override
    public boolean isKind(Class<?> type) {
        return NAMED.containsKey(type) || type == GroupedOptimizer.class || type == ClassWeights.class || plugins.isKind(type);
    }

    @Override
    public <T> T resolve(Class<T> kind, Object value, String path, Consumer<SettingsProblem> problems) {
        if (kind == GroupedOptimizer.class) {
            return kind.cast(GroupReader.read(plugins, value, path, problems));
        }
        if (kind == ClassWeights.class) {
            return kind.cast(ClassWeights.read(value, path, problems));
        }
        Naming<?> naming = NAMED.get(kind);
        return naming == null
                ? plugins.resolve(kind, value, path, problems)
                : kind.cast(naming.resolve(plugins, value, path, problems));
    }

    private record Naming<P>(Class<P> kind, BiFunction<String, P, Object> with) {
        Object resolve(References plugins, Object value, String path, Consumer<SettingsProblem> problems) {
            P plugin = plugins.resolve(kind, value, path, problems);
            if (plugin == null) {
                return null;
            }
            try {
                return with.apply(String.valueOf(value instanceof Map<?, ?> map ? map.get("type") : value), plugin);
            } catch (IllegalArgumentException e) {
                problems.accept(new SettingsProblem(path, e.getMessage()));
                return null;
            }
        }
    }
}
