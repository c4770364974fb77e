package org.thalweg.autodiff.compile;

import java.util.Set;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.GemmKernel;

/** Matrix products that start as plain Java and go on with vectors once the kernels that they need are compiled. */
final class TieredGemm implements WarmUp.Candidate {
    private final Gemm vector;
    private final Set<GemmKernel> needed;
    private volatile Gemm current;

    /** Both twins; the same twice where there is no choice. */
    TieredGemm(Gemm plain, Gemm vector, Set<GemmKernel> needed) {
        this.vector = vector;
        this.needed = needed;
        this.current = plain;
    }

    Gemm current() {
        return current;
    }

    /** The one to cut work for. */
    Gemm best() {
        return vector;
    }

    @Override
    public boolean practise() {
        if (!vector.practice().practise(needed)) {
            return false;
        }
        current = vector;
        return true;
    }
}
