package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.api.settings.Settings;
import org.thalweg.autodiff.layer.HardTanh;
import org.thalweg.autodiff.layer.LayerPlugin;
import org.thalweg.autodiff.layer.Relu;
import org.thalweg.autodiff.layer.attention.TransformerStack;
import org.thalweg.autodiff.layer.spatial.Convolution;
import org.thalweg.autodiff.layer.spatial.GlobalAveragePool;
import org.thalweg.loss.CrossEntropy;

class SpokenNameTest {
    @Test
    void aLayerIsCalledByTheNameItIsRegisteredUnder() {
        assertEquals("hardtanh", SpokenName.of(Settings.of(HardTanh.class, Map.of()), "layer"));
        assertEquals("global-avg-pool", SpokenName.of(new GlobalAveragePool(), "layer"));
        assertEquals("transformer-encoder", SpokenName.of(new TransformerStack(new Relu(), 2, Optional.empty()), "layer"));
    }

    @Test
    void aLayerOfOneNumberOfAxesIsCalledByIt() {
        new LayerPlugin().register(new Registrar() {
            @Override
            public <T, S extends Record> void register(Class<T> kind, String name, Class<S> settings, Function<? super S, ? extends T> factory) {
                if (kind == Layer.class && settings == Convolution.class) {
                    S convolution = Settings.of(settings, Map.of("channels", 1, "size", 1));
                    assertEquals(name, SpokenName.of(factory.apply(convolution), "layer"));
                }
            }
        });
    }

    @Test
    void whatIsNotALayerIsCalledByItsClassAndALambdaByItsSort() {
        assertEquals("cross-entropy", SpokenName.of(Settings.of(CrossEntropy.class, Map.of()), "loss"));
        Layer doubled = (context, input) -> input.add(input);
        assertEquals("layer", SpokenName.of(doubled, "layer"));
    }
}
