package org.thalweg.app.pipeline;

import java.util.function.IntFunction;
import org.thalweg.autodiff.compile.Backend;

/** The backends that every test of the pipeline passes on. */
enum Computer {
    REFERENCE(threads -> new ReferenceBackend());

    private final IntFunction<Backend> backend;

    Computer(IntFunction<Backend> backend) {
        this.backend = backend;
    }

    PipelineBuilder pipeline() {
        return Pipeline.builder().backend(backend).threads(2);
    }
}
