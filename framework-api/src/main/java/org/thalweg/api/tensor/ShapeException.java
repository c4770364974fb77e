package org.thalweg.api.tensor;

/** Shapes or types that do not fit together, found when an expression is built. The message names the operation and both shapes. */
public class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With what does not fit and where. */
    public ShapeException(String message) {
        super(message);
    }
}
