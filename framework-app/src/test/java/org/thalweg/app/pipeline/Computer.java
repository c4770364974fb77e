package org.thalweg.app.pipeline;

import java.util.function.UnaryOperator;
import org.thalweg.autodiff.reference.ReferenceBackend;

/** The backends that every test of the pipeline passes on. */
enum Computer {
    REFERENCE(builder -> builder.backend(threads -> new ReferenceBackend())),
    /** What a caller gets who asks for nothing else. */
    CPU(builder -> builder);

    private final UnaryOperator<PipelineBuilder> choice;

    Computer(UnaryOperator<PipelineBuilder> choice) {
        this.choice = choice;
    }

    PipelineBuilder pipeline() {
        return choice.apply(Pipeline.builder().threads(2));
    }
}
