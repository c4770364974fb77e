/** Losses and metrics. */
module org.thalweg.loss {
    requires transitive org.thalweg.api;

    exports org.thalweg.loss;

    provides org.thalweg.api.plugin.Plugin with org.thalweg.loss.LossPlugin;
}
