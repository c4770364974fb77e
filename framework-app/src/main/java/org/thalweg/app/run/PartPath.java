package org.thalweg.app.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.config.NamedMetric;
import org.thalweg.app.pipeline.LocatedShapeException;

/** Where a part of a run stands in its configuration. */
final class PartPath {
    private PartPath() {}

    /** The path of the setting, as {@code model[2].activation}. */
    static String of(LocatedShapeException problem, LoadedConfiguration configuration) {
        return switch (problem.part()) {
            case MODEL -> layer(problem.name(), configuration.tree().get("model"));
            case LOSS -> "loss";
            case METRIC -> "metrics[" + configuration.run().metrics().stream().map(NamedMetric::name).toList().indexOf(problem.name()) + "]";
            case OPTIMIZER -> problem.name().isEmpty() ? "optimizer" : "optimizer." + problem.name();
        };
    }

    /**
     * Walks from the model inwards, as far as the names of layers are those of settings. In a list a layer's name is its number; so it is
     * where a layer has a list of layers among its settings, and likewise a map of them by name.
     */
    private static String layer(String layer, Object model) {
        StringBuilder path = new StringBuilder("model");
        Object at = model;
        for (String name : layer.isEmpty() ? new String[0] : layer.split("\\.")) {
            if (at instanceof Map<?, ?> settings && settings.containsKey(name)) {
                path.append('.').append(name);
                at = settings.get(name);
                continue;
            }
            if (at instanceof Map<?, ?> settings && namedPart(settings, name).isPresent()) {
                Object parts = namedPart(settings, name).get();
                path.append('.').append(parts).append('.').append(name);
                at = ((Map<?, ?>) settings.get(parts)).get(name);
                continue;
            }
            if (!name.matches("[0-9]{1,9}")) {
                break;
            }
            if (at instanceof Map<?, ?> settings) {
                List<?> lists = settings.keySet().stream().filter(key -> settings.get(key) instanceof List).toList();
                if (lists.size() != 1) {
                    break;
                }
                path.append('.').append(lists.getFirst());
                at = settings.get(lists.getFirst());
            }
            int number = Integer.parseInt(name);
            if (!(at instanceof List<?> list) || number >= list.size()) {
                break;
            }
            path.append('[').append(number).append(']');
            at = list.get(number);
        }
        return path.toString();
    }

    /** The one setting that is a map with this name in it. */
    private static Optional<?> namedPart(Map<?, ?> settings, String name) {
        List<?> parts = settings.keySet().stream().filter(key -> settings.get(key) instanceof Map<?, ?> map && map.containsKey(name)).toList();
        return parts.size() == 1 ? Optional.of(parts.getFirst()) : Optional.empty();
    }
}
