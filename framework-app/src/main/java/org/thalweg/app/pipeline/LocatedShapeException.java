package org.thalweg.app.pipeline;

import org.thalweg.api.tensor.ShapeException;

/** Shapes that do not fit, and the part of the run in which they do not, so that whoever described the run can be shown the place. */
public final class LocatedShapeException extends ShapeException {
    private static final long serialVersionUID = 1L;

    private final Part part;
    private final String name;

    LocatedShapeException(Part part, String name, String message) {
        super(message);
        this.part = part;
        this.name = name;
    }

    LocatedShapeException(Part part, String name, String message, ShapeException problem) {
        this(part, name, message);
        initCause(problem);
    }

    /** The part of the run. */
    public Part part() {
        return part;
    }

    /** Which of several: the path of a layer, as {@code 2.activation}, empty for the whole model; the name of a metric; a setting of the optimizer, as {@code groups[1].parameters}; else empty. */
    public String name() {
        return name;
    }

    /** What a run consists of. */
    public enum Part {
        /** A layer of the model. */
        MODEL,
        /** The loss. */
        LOSS,
        /** A metric. */
        METRIC,
        /** The optimizer, or what changes gradients before it. */
        OPTIMIZER
    }
}
