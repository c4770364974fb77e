package org.thalweg.example;

import java.util.Map;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.testkit.OptimizerContract;

/** What every optimizer promises, of those here. */
class OptimizersTest extends OptimizerContract {
    @Override
    protected Plugin plugin() {
        return new ExamplePlugin();
    }

    @Override
    protected Map<String, ?> settings(String optimizer) {
        return Map.of("learningRate", 0.01);
    }
}
