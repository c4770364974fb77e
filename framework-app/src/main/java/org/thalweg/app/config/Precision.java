package org.thalweg.app.config;

import org.thalweg.api.tensor.DType;

/** The type of number that a run computes in. */
public enum Precision {
    /** Single precision, for training. */
    FLOAT32(DType.FLOAT32),
    /** Double precision, for science. */
    FLOAT64(DType.FLOAT64);

    private final DType dtype;

    Precision(DType dtype) {
        this.dtype = dtype;
    }

    /** The type of the tensors. */
    public DType dtype() {
        return dtype;
    }
}
