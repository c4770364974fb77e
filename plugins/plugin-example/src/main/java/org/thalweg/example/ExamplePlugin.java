package org.thalweg.example;

import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;

/** The entry point: says what the plugin offers, and under which names. */
public final class ExamplePlugin implements Plugin {
    /** For the service loader. */
    public ExamplePlugin() {}

    @Override
    public String id() {
        return "example";
    }

    @Override
    public void register(Registrar registrar) {
        registrar.optimizer("sign-momentum", SignMomentum.class);
        registrar.loss("log-cosh", LogCosh.class);
        registrar.layer("swish", Swish.class);
        registrar.layer("running-average", RunningAverage.class);
    }
}
