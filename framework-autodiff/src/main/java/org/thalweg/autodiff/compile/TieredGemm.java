package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Gemm;

/** Matrix products that start as plain Java and go on with vectors once those kernels are compiled. */
final class TieredGemm implements WarmUp.Candidate {
    private static final int PRACTICE_CALLS = 20;
    private static final int TRIALS = 5;

    private final DType dtype;
    private final Gemm plain;
    private final Gemm vector;
    private volatile Gemm current;
    private Sample practice;
    private Sample trial;

    /** Both twins; the same twice where there is no choice. */
    TieredGemm(DType dtype, Gemm plain, Gemm vector) {
        this.dtype = dtype;
        this.plain = plain;
        this.vector = vector;
        this.current = plain;
    }

    Gemm current() {
        return current;
    }

    /** The one to cut work for. */
    Gemm best() {
        return vector;
    }

    int workspaceLength() {
        return Math.max(plain.workspaceLength(), vector.workspaceLength());
    }

    @Override
    public void practise() {
        if (practice == null) {
            // Whole panels, narrow ones, and an edge.
            int wide = vector.panelWidth() * 3 / 2 + vector.panelWidth() / 6;
            practice = new Sample(16, wide, 32);
            trial = new Sample(64, wide, 128);
        }
        for (int i = 0; i < PRACTICE_CALLS; i++) {
            practice.run(vector);
        }
    }

    @Override
    public boolean isFaster() {
        return trial.nanos(vector) < trial.nanos(plain);
    }

    @Override
    public void promote() {
        current = vector;
        practice = null;
        trial = null;
    }

    /** Made-up matrices, multiplied as they are, with A transposed, and with B transposed. */
    private final class Sample {
        private final int m;
        private final int n;
        private final int k;
        private final Object a;
        private final Object b;
        private final Object c;
        private final Object workspace = Memory.array(dtype, workspaceLength());

        Sample(int m, int n, int k) {
            this.m = m;
            this.n = n;
            this.k = k;
            a = Memory.array(dtype, m * k);
            b = Memory.array(dtype, k * n);
            c = Memory.array(dtype, m * n);
        }

        void run(Gemm gemm) {
            gemm.multiply(false, false, 0, m, 0, n, k, a, 0, k, b, 0, n, c, 0, n, false, workspace);
            gemm.multiply(true, false, 0, m, 0, n, k, a, 0, m, b, 0, n, c, 0, n, false, workspace);
            gemm.multiply(false, true, 0, m, 0, n, k, a, 0, k, b, 0, k, c, 0, n, false, workspace);
        }

        long nanos(Gemm gemm) {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < TRIALS; i++) {
                long start = System.nanoTime();
                run(gemm);
                best = Math.min(best, System.nanoTime() - start);
            }
            return best;
        }
    }
}
