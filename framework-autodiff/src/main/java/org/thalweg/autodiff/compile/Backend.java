package org.thalweg.autodiff.compile;

/** Turns computations into programs for some device. Owns threads and caches; closing it ends them. */
public interface Backend extends AutoCloseable {
    /** Compiles a computation; any number of programs may live at once, but only one runs at a time. */
    Program compile(Computation computation);

    /** The kernels that were chosen, for manifests: as {@code "cpu, vectors of 512 bit, 2 threads"}. */
    String description();

    @Override
    void close();
}
