package org.thalweg.example;

import org.thalweg.api.plugin.Plugin;
import org.thalweg.testkit.LossContract;

/** What every loss promises, of those here. */
class LossesTest extends LossContract {
    @Override
    protected Plugin plugin() {
        return new ExamplePlugin();
    }
}
