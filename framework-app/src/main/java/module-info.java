module org.thalweg.app {
    requires transitive org.thalweg.autodiff;
    requires transitive org.thalweg.api;

    exports org.thalweg.app.pipeline;
}
