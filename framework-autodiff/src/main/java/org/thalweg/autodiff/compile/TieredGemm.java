package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.GemmPractice;
import org.thalweg.autodiff.kernel.GemmUse;
import org.thalweg.autodiff.kernel.GemmWorkspace;

/** Matrix products that start as plain Java and go on with vectors once those kernels are compiled. */
final class TieredGemm implements WarmUp.Candidate {
    private static final int TRIALS = 5;

    private final DType dtype;
    private final Gemm plain;
    private final Gemm vector;
    private final GemmUse use;
    private volatile Gemm current;
    private GemmPractice practice;
    private boolean ready;
    private Sample trial;

    /** Work to practise on. */
    private interface Sample {
        void run(Gemm gemm);
    }

    /** Both twins; the same twice where there is no choice. */
    TieredGemm(DType dtype, Gemm plain, Gemm vector, GemmUse use) {
        this.dtype = dtype;
        this.plain = plain;
        this.vector = vector;
        this.use = use;
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
    public void practise() {
        if (practice == null) {
            practice = new GemmPractice(vector, dtype, use);
        }
        ready = practice.practise();
    }

    @Override
    public boolean isFaster() {
        if (!ready) {
            return false;
        }
        if (trial == null) {
            // Whole panels, narrow ones, and an edge.
            int wide = vector.panelWidth() * 3 / 2 + vector.panelWidth() / 6;
            trial = switch (use) {
                case MATRICES -> new Products(64, wide, 128);
                case VECTORS -> new Vectors(64, wide);
                case CONVOLUTIONS -> new Convolutions(64, 64);
            };
        }
        return nanos(vector) < nanos(plain);
    }

    @Override
    public int kernels() {
        return practice == null ? 1 : practice.kernels();
    }

    @Override
    public boolean isProduct() {
        return true;
    }

    @Override
    public void promote() {
        current = vector;
        practice = null;
        trial = null;
    }

    /** The shortest of a few runs. */
    private long nanos(Gemm gemm) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            long start = System.nanoTime();
            trial.run(gemm);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    /** Rows that begin anywhere. */
    private final class Convolutions implements Sample {
        private final int rows;
        private final int length;
        private final int[] starts = {0, 1, 2, 3, 5, 6, 7, 8};
        private final Object a;
        private final Object b;
        private final Object c;
        private final GemmWorkspace workspace = vector.workspace();
        private final Object lanes = Memory.array(dtype, Gemm.dotLanes(dtype, Gemm.DOT_ROWS, starts.length));

        Convolutions(int rows, int length) {
            this.rows = rows;
            this.length = length;
            a = Memory.array(dtype, rows * length);
            b = Memory.array(dtype, length + 2 * vector.panelWidth());
            c = Memory.array(dtype, rows * (length + 2 * vector.panelWidth()));
        }

        @Override
        public void run(Gemm gemm) {
            gemm.multiplyShifted(rows, length, starts.length, a, 0, length, b, 0, starts, c, 0, length + 2 * vector.panelWidth(), workspace);
            gemm.dots(Gemm.DOT_ROWS, starts.length, length, a, 0, length, b, 0, starts, lanes, 0);
        }
    }

    /** A made-up matrix, multiplied by a column and by a row. */
    private final class Vectors implements Sample {
        private final int m;
        private final int n;
        private final Object matrix;
        private final Object row;
        private final Object column;
        private final GemmWorkspace workspace = vector.workspace();

        Vectors(int m, int n) {
            this.m = m;
            this.n = n;
            matrix = Memory.array(dtype, m * n);
            row = Memory.array(dtype, n);
            column = Memory.array(dtype, m);
        }

        @Override
        public void run(Gemm gemm) {
            gemm.multiplyVector(0, m, n, matrix, 0, n, row, 0, column, 0, workspace);
            gemm.multiplyRow(0, n, m, column, 0, matrix, 0, n, row, 0, workspace);
        }
    }

    /** Made-up matrices, multiplied as they are, with A transposed, and with B transposed. */
    private final class Products implements Sample {
        private final int m;
        private final int n;
        private final int k;
        private final Object a;
        private final Object b;
        private final Object c;
        private final GemmWorkspace workspace = vector.workspace();

        Products(int m, int n, int k) {
            this.m = m;
            this.n = n;
            this.k = k;
            a = Memory.array(dtype, m * k);
            b = Memory.array(dtype, k * n);
            c = Memory.array(dtype, m * n);
        }

        @Override
        public void run(Gemm gemm) {
            gemm.multiply(false, false, 0, m, 0, n, k, a, 0, k, b, 0, n, c, 0, n, false, workspace);
            gemm.multiply(true, false, 0, m, 0, n, k, a, 0, m, b, 0, n, c, 0, n, false, workspace);
            gemm.multiply(false, true, 0, m, 0, n, k, a, 0, k, b, 0, k, c, 0, n, false, workspace);
        }
    }
}
