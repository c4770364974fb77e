package org.thalweg.autodiff.compile;

import java.util.List;

/**
 * What one step of a program does, and how long it took.
 *
 * @param kind of work, as {@code matmul [64, 784] x [784, 128]}
 * @param origins the layers, the loss or the optimizer that it computes for: paths, as {@code 1} or {@code loss cross-entropy}
 * @param flops floating-point operations of a run; a fused multiply-add counts two
 * @param bytes of all arrays that a run reads or writes, once each
 * @param runs how often it was measured
 * @param nanoseconds that they took together
 */
public record StepProfile(String kind, List<String> origins, long flops, long bytes, long runs, long nanoseconds) {
    /** Copies the list. */
    public StepProfile {
        origins = List.copyOf(origins);
    }
}
