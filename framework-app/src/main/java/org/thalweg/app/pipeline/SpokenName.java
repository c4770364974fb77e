package org.thalweg.app.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.autodiff.layer.LayerPlugin;
import org.thalweg.autodiff.layer.attention.TransformerDecoderLayer;
import org.thalweg.autodiff.layer.attention.TransformerStack;
import org.thalweg.autodiff.layer.spatial.SpatialLayer;

/** What messages call a plugin's object that nobody named: its class, as {@code cross-entropy} for {@code CrossEntropy}. */
final class SpokenName {
    /** The layers here by class: some are registered under PyTorch's word, as {@code hardtanh}. */
    private static final Map<Class<?>, String> LAYERS = layers();

    private SpokenName() {}

    /** The name it is registered under, or kebab-case; or the sort of thing it is where the class has no name of its own, as a lambda has none. */
    static String of(Object object, String sort) {
        if (object instanceof SpatialLayer spatial) {
            // One class serves conv1d, conv2d ...
            return spatial.name();
        }
        if (object instanceof TransformerStack stack) {
            return stack.layer() instanceof TransformerDecoderLayer ? "transformer-decoder" : "transformer-encoder";
        }
        Class<?> type = object.getClass();
        if (type.isHidden() || type.isSynthetic() || type.isAnonymousClass()) {
            return sort;
        }
        String registered = LAYERS.get(type);
        return registered != null ? registered : type.getSimpleName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static Map<Class<?>, String> layers() {
        Map<Class<?>, List<String>> names = new HashMap<>();
        new LayerPlugin().register(new Registrar() {
            @Override
            public <T, S extends Record> void register(Class<T> kind, String name, Class<S> settings, Function<? super S, ? extends T> factory) {
                names.merge(settings, List.of(name), (before, more) -> List.of());
            }
        });
        // A class that serves several names is called by its own.
        return names.entrySet().stream().filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().getFirst()));
    }
}
