package org.thalweg.autodiff.compile;

import java.util.Set;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.GemmKernel;
import org.thalweg.autodiff.kernel.PlainPractice;
import org.thalweg.autodiff.kernel.WorkerPool;

/** Compiles for the CPU: the Vector API where the JVM has it, plain Java otherwise; both give the same bits. */
public final class CpuBackend implements Backend {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    /** The weight of a loop nest to begin with; halved until no generated method is too long. */
    private static final int LOOP_WEIGHT = 120;
    private static final int LEAST_LOOP_WEIGHT = 8;

    private final WorkerPool pool;
    private final WarmUp warmUp;
    private final KernelCache kernels;

    /**
     * With as many threads, the calling one included, and the widest vectors that are fast. Kernels start as scalar code, and go on as vector code as
     * soon as a background thread has got that compiled; the bits are the same.
     */
    public CpuBackend(int threads) {
        this(threads, preferredVectorBits(), new WarmUp());
    }

    /**
     * With a given vector width from the first run on, for tests and comparisons.
     *
     * @param vectorBits 128, 256, 512, or 0 for plain Java
     */
    public CpuBackend(int threads, int vectorBits) {
        this(threads, vectorBits, null);
    }

    private CpuBackend(int threads, int vectorBits, WarmUp warmUp) {
        if (!Set.of(0, 128, 256, 512).contains(vectorBits)) {
            throw new IllegalArgumentException("vectors have 128, 256 or 512 bit, or 0 for plain Java, not " + vectorBits);
        }
        this.pool = new WorkerPool(threads);
        this.warmUp = warmUp;
        this.kernels = new KernelCache(vectorBits, warmUp);
        if (warmUp != null) {
            warmUp.submit(PlainPractice.shared()::practise, 0);
        }
    }

    /**
     * Begins to get the kernels compiled that nearly all programs need, matrix products of FLOAT32, on a background thread that ends by itself; returns at once. A
     * program that calls this before it reads its data trains sooner; one that has its data at once does not, as its first steps need the JIT for other
     * things. Does nothing the second time, nor where the JIT would have no processor of its own.
     */
    public static void warmUp() {
        Early.begin();
    }

    /** What is done once for a JVM: the class is initialised once. */
    private static final class Early {
        static {
            if (Runtime.getRuntime().availableProcessors() > 1) {
                WarmUp warmUp = new WarmUp();
                warmUp.submit(PlainPractice.shared()::practise, 0);
                if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()) {
                    warmUp.submit(() -> Gemm.of(DType.FLOAT32, PreferredVectors.bits()).practice().practise(GemmKernel.USUAL), 0);
                }
            }
        }

        static void begin() {
            // The initialiser has done it.
        }
    }

    private static int preferredVectorBits() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            MissingVectors.report();
            return 0;
        }
        return PreferredVectors.bits();
    }

    /** Says once for a JVM what is missing: the class is initialised once. */
    private static final class MissingVectors {
        static {
            System.getLogger(CpuBackend.class.getName()).log(System.Logger.Level.WARNING,
                    "The Vector API is not available, so the slower plain kernels are used; start Java with --add-modules jdk.incubator.vector");
        }

        static void report() {
            // The initialiser has done it.
        }
    }

    @Override
    public Program compile(Computation computation) {
        for (int weight = LOOP_WEIGHT; ; weight /= 2) {
            try {
                return Assembly.assemble(computation, kernels, pool, weight);
            } catch (KernelCache.TooLongException e) {
                if (weight <= LEAST_LOOP_WEIGHT) {
                    throw new IllegalStateException("a loop cannot be made short enough: " + e.getMessage(), e);
                }
            }
        }
    }

    @Override
    public String description() {
        int bits = kernels.vectorBits();
        return "cpu, " + (bits == 0 ? "plain Java" : "vectors of " + bits + " bit") + ", " + pool.threads()
                + (pool.threads() == 1 ? " thread" : " threads");
    }

    @Override
    public void close() {
        if (warmUp != null) {
            warmUp.close();
        }
        pool.close();
    }
}
