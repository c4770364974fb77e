/** Optimizers, learning-rate schedules, gradient transforms, stop criteria and minimizers. */
module org.thalweg.optim {
    requires commons.math3;
    requires transitive org.thalweg.api;

    exports org.thalweg.optim;

    provides org.thalweg.api.plugin.Plugin with org.thalweg.optim.OptimPlugin;
}
