package org.thalweg.api.tensor;

/** The type of a tensor's elements. Types never mix in one operation: {@link Tensor#cast(DType)} converts. */
public enum DType {
    /** IEEE 754 single precision, the type for training. */
    FLOAT32(4),
    /** IEEE 754 double precision, for science and gradient checks. */
    FLOAT64(8),
    /** 32-bit signed integers: class numbers, indices. No gradient. */
    INT32(4),
    /** True or false: masks. No gradient. */
    BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element in memory. */
    public int bytes() {
        return bytes;
    }

    /** Whether this is FLOAT32 or FLOAT64, the types that have gradients. */
    public boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64;
    }
}
