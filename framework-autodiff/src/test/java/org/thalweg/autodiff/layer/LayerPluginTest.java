package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.Sequence;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Setting;
import org.thalweg.api.settings.Settings;

class LayerPluginTest {
    private final Registrations registered = Registrations.of(new LayerPlugin());

    @Test
    void registersEverythingUnderItsName() {
        assertEquals("layers", new LayerPlugin().id());
        assertEquals(
                List.of("dense", "embedding", "flatten", "reshape", "permute", "dropout", "spatial-dropout", "alpha-dropout", "sequential", "residual", "parallel",
                        "graph", "input",
                        "conv1d", "conv-transpose1d", "max-pool1d", "avg-pool1d", "lp-pool1d", "adaptive-avg-pool1d", "adaptive-max-pool1d",
                        "conv2d", "conv-transpose2d", "max-pool2d", "avg-pool2d", "lp-pool2d", "adaptive-avg-pool2d", "adaptive-max-pool2d",
                        "conv3d", "conv-transpose3d", "max-pool3d", "avg-pool3d", "lp-pool3d", "adaptive-avg-pool3d", "adaptive-max-pool3d",
                        "global-avg-pool", "global-max-pool", "pad", "upsample", "pixel-shuffle", "channel-shuffle", "unfold", "fold",
                        "local-response-norm", "random-flip", "random-shift",
                        "batch-norm", "layer-norm", "group-norm", "instance-norm", "rms-norm",
                        "rnn", "lstm", "gru",
                        "multi-head-attention", "transformer-encoder-layer", "transformer-decoder-layer", "transformer-encoder",
                        "transformer-decoder", "sinusoidal-positions", "learned-positions",
                        "identity", "relu", "relu6", "leaky-relu", "prelu", "rrelu", "threshold", "elu", "selu", "celu", "gelu", "glu", "silu", "mish",
                        "sigmoid", "log-sigmoid", "tanh", "softplus", "softsign", "hardtanh", "hardsigmoid", "hardswish", "hardshrink",
                        "softshrink", "tanhshrink", "softmax", "softmin", "log-softmax"),
                registered.names(Layer.class));
        assertEquals(
                List.of("zeros", "ones", "constant", "uniform", "normal", "truncated-normal", "xavier-uniform", "xavier-normal",
                        "he-uniform", "he-normal", "lecun-uniform", "lecun-normal", "orthogonal", "eye", "dirac", "sparse"),
                registered.names(Initializer.class));
    }

    @Test
    void everySettingIsDescribedAndEveryRecordPublic() {
        for (Registrations.Entry entry : registered.entries()) {
            assertNotNull(entry.settings().getAnnotation(Description.class), entry.name());
            assertEquals(Modifier.PUBLIC, entry.settings().getModifiers() & Modifier.PUBLIC, entry.name());
            Setting.of(entry.settings()).forEach(s -> assertFalse(s.description().isEmpty(), entry.name() + "." + s.name()));
        }
    }

    @Test
    void servicesFileAndModuleNameTheSamePlugins() throws IOException {
        assertEquals(List.of(LayerPlugin.class.getName()), Registrations.services(LayerPlugin.class));
        assertEquals(Registrations.services(LayerPlugin.class), Registrations.provides(LayerPlugin.class));
    }

    @Test
    void aModelIsReadFromSettings() {
        List<Object> model = List.of(
                "flatten",
                Map.of("type", "dense", "units", 8, "activation", "relu", "weightInitializer", "he-normal"),
                Map.of("type", "residual", "layer", List.of(Map.of("type", "dense", "units", 8, "bias", false), "tanh")),
                Map.of("type", "gelu", "approximate", "tanh"),
                Map.of("type", "dropout", "rate", 0.1));
        Optional<Initializer> none = Optional.empty();
        assertEquals(
                new Sequence(List.of(
                        new Flatten(),
                        new Dense(8, true, Optional.of(new Relu()), Optional.of(new HeNormal(Math.sqrt(2))), none),
                        new Residual(new Sequence(List.of(new Dense(8, false, Optional.empty(), none, none), new Tanh()))),
                        new Gelu(Gelu.Approximation.TANH),
                        new Dropout(0.1))),
                bind(Sequence.class, Map.of("layers", model)));
    }

    @Test
    void valuesOutOfRangeAreNamed() {
        assertEquals(List.of("rate: must be below 1, but is 1.0"), problems(Dropout.class, Map.of("rate", 1)));
        assertEquals(List.of("units: must be at least 1, but is 0"), problems(Dense.class, Map.of("units", 0)));
        assertEquals(
                List.of("low must be below high, but they are 1.0 and 1.0"), problems(Uniform.class, Map.of("low", 1, "high", 1)));
        assertEquals(
                List.of("approximate: unknown value 'tan'; did you mean 'tanh'; available: none, tanh"),
                problems(Gelu.class, Map.of("approximate", "tan")));
    }

    private <S extends Record> S bind(Class<S> record, Map<String, ?> values) {
        return Settings.bind(record, values, "", new RegisteredLayers(), problem -> {
            throw new AssertionError(problem);
        });
    }

    private List<String> problems(Class<? extends Record> record, Map<String, ?> values) {
        List<String> problems = new ArrayList<>();
        Settings.bind(record, values, "", new RegisteredLayers(), problem -> problems.add(problem.toString()));
        return problems;
    }
}
