/** Optimizers, learning-rate schedules, gradient transforms and stop criteria. */
module org.thalweg.optim {
    requires transitive org.thalweg.api;

    exports org.thalweg.optim;

    provides org.thalweg.api.plugin.Plugin with org.thalweg.optim.OptimPlugin;
}
