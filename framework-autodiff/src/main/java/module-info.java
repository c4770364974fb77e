/** The engine: expression graph, gradients, compiler, kernels and layers. */
module org.thalweg.autodiff {
    requires transitive org.thalweg.api;
    requires jdk.incubator.vector;
}
