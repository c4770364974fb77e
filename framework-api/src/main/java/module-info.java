/** What plugins compile against: tensors, settings, and the kinds of plugin. Depends on nothing but the JDK. */
module org.thalweg.api {
    exports org.thalweg.api.data;
    exports org.thalweg.api.layer;
    exports org.thalweg.api.loss;
    exports org.thalweg.api.metric;
    exports org.thalweg.api.optim;
    exports org.thalweg.api.plugin;
    exports org.thalweg.api.settings;
    exports org.thalweg.api.tensor;
    exports org.thalweg.api.training;
}
