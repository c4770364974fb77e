/** The smallest real plugin: an optimizer, a loss and a layer. */
module org.thalweg.example {
    requires transitive org.thalweg.api;

    exports org.thalweg.example;

    provides org.thalweg.api.plugin.Plugin with org.thalweg.example.ExamplePlugin;
}
