package org.thalweg.optim;

import java.util.Map;
import java.util.Optional;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.testkit.OptimizerContract;

/** The contract, for everything registered here. */
class OptimizerContractTest extends OptimizerContract {
    private static final Map<String, Object> INNER = Map.of("type", "adam", "learningRate", 0.05);

    /** Rates for problems whose numbers are of the order of 1. */
    private static final Map<String, Map<String, ?>> SETTINGS = Map.ofEntries(
            Map.entry("gradient-descent", Map.of("learningRate", 0.1)),
            Map.entry("sgd", Map.of("learningRate", 0.05, "momentum", 0.9)),
            Map.entry("momentum", Map.of("learningRate", 0.05)),
            Map.entry("nesterov", Map.of("learningRate", 0.05)),
            Map.entry("adagrad", Map.of("learningRate", 0.5)),
            Map.entry("rmsprop", Map.of("learningRate", 0.01)),
            Map.entry("adadelta", Map.of("learningRate", 20.0)),
            Map.entry("adam", Map.of("learningRate", 0.05)),
            Map.entry("adamw", Map.of("learningRate", 0.05, "weightDecay", 0)),
            Map.entry("sparse-adam", Map.of("learningRate", 0.05)),
            Map.entry("adamax", Map.of("learningRate", 0.05)),
            Map.entry("nadam", Map.of("learningRate", 0.05)),
            Map.entry("radam", Map.of("learningRate", 0.05)),
            Map.entry("asgd", Map.of("learningRate", 0.1)),
            Map.entry("rprop", Map.of()),
            Map.entry("adafactor", Map.of("learningRate", 0.05)),
            Map.entry("lion", Map.of("learningRate", 0.01)),
            Map.entry("lamb", Map.of("learningRate", 0.01)),
            Map.entry("lars", Map.of("learningRate", 1.0)),
            Map.entry("adabelief", Map.of("learningRate", 0.05)),
            Map.entry("yogi", Map.of("learningRate", 0.05)),
            Map.entry("schedule-free-sgd", Map.of("learningRate", 0.1)),
            Map.entry("schedule-free-adamw", Map.of("learningRate", 0.1)),
            Map.entry("muon", Map.of("learningRate", 0.01, "weightDecay", 0, "others", INNER)),
            Map.entry("lookahead", Map.of("optimizer", INNER)),
            Map.entry("exponential-moving-average", Map.of("optimizer", INNER, "decay", 0.98)),
            Map.entry("row-sparse", Map.of("optimizer", INNER)));

    /** The valley's walls are steep: rules whose steps follow the gradient's size need small rates. */
    private static final Map<String, Map<String, ?>> FOR_ROSENBROCK = Map.of(
            "gradient-descent", Map.of("learningRate", 0.002),
            "sgd", Map.of("learningRate", 0.0005, "momentum", 0.9),
            "momentum", Map.of("learningRate", 0.0005),
            "nesterov", Map.of("learningRate", 0.0005),
            "asgd", Map.of("learningRate", 0.002),
            "adadelta", Map.of("learningRate", 1, "rho", 0.99),
            "radam", Map.of("learningRate", 0.003, "beta2", 0.99),
            "schedule-free-sgd", Map.of("learningRate", 0.002));

    @Override
    protected Plugin plugin() {
        return new OptimPlugin();
    }

    @Override
    protected Map<String, ?> settings(String optimizer) {
        return SETTINGS.getOrDefault(optimizer, Map.of());
    }

    @Override
    protected Map<String, ?> settingsForRosenbrock(String optimizer) {
        return FOR_ROSENBROCK.getOrDefault(optimizer, settings(optimizer));
    }

    @Override
    protected Optional<String> exemption(String optimizer, Promise promise) {
        return promise == Promise.STAYS_WITHOUT_RATE && optimizer.equals("rprop")
                ? Optional.of("its steps adapt to signs; the learning rate is only the first of them") : Optional.empty();
    }
}
