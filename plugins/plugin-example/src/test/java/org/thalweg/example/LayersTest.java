package org.thalweg.example;

import org.thalweg.api.plugin.Plugin;
import org.thalweg.testkit.LayerContract;

/** What every layer promises, of those here. */
class LayersTest extends LayerContract {
    @Override
    protected Plugin plugin() {
        return new ExamplePlugin();
    }
}
