/** The engine: expression graph, gradients, compiler, kernels and layers. */
module org.thalweg.autodiff {
    requires transitive org.thalweg.api;
    requires jdk.incubator.vector;

    exports org.thalweg.autodiff.compile;
    exports org.thalweg.autodiff.explain;
    exports org.thalweg.autodiff.gradient;
    exports org.thalweg.autodiff.graph;
    exports org.thalweg.autodiff.kernel;
    exports org.thalweg.autodiff.layer;
    exports org.thalweg.autodiff.layer.attention;
    exports org.thalweg.autodiff.layer.normalization;
    exports org.thalweg.autodiff.layer.recurrent;
    exports org.thalweg.autodiff.layer.spatial;
    exports org.thalweg.autodiff.reference;

    provides org.thalweg.api.plugin.Plugin with org.thalweg.autodiff.layer.LayerPlugin;
}
