package org.thalweg.bench.ours.kernel;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.thalweg.api.tensor.DType;
import org.thalweg.app.workload.CompiledOperation;
import org.thalweg.app.workload.LossCase;
import org.thalweg.app.workload.Operation;
import org.thalweg.app.workload.OptimizerUpdate;
import org.thalweg.app.workload.Product;
import org.thalweg.app.workload.Workload.Rule;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.GemmWorkspace;

/** Single kernels on one thread, in JMH, for those who tune them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"})
public class KernelBenchmark {
    /** Made by JMH. */
    public KernelBenchmark() {}

    /** A product straight through the kernel, without a program around it. */
    @State(Scope.Thread)
    public static class Matrices {
        /** Rows x inner x columns. */
        @Param({"64x64x64", "128x128x128", "256x256x256", "512x512x512", "64x784x128", "128x512x512"})
        public String shape;

        /** Of the vectors; 0 is plain Java. */
        @Param("512")
        public int vectorBits;

        private Gemm gemm;
        private Product product;
        private float[] left;
        private float[] right;
        private float[] result;
        private GemmWorkspace workspace;

        /** Made by JMH. */
        public Matrices() {}

        /** Draws the factors. */
        @Setup
        public void prepare() {
            int[] extents = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
            product = new Product(extents[0], extents[1], extents[2]);
            gemm = Gemm.of(DType.FLOAT32, vectorBits);
            left = product.left();
            right = product.right();
            result = new float[product.rows() * product.columns()];
            workspace = gemm.workspace();
        }
    }

    /** C = A B. */
    @Benchmark
    public float[] gemm(Matrices matrices) {
        Product p = matrices.product;
        matrices.gemm.multiply(false, false, 0, p.rows(), 0, p.columns(), p.inner(), matrices.left, 0, p.inner(),
                matrices.right, 0, p.columns(), matrices.result, 0, p.columns(), false, matrices.workspace);
        return matrices.result;
    }

    /** Compiled operations and what runs them. */
    @State(Scope.Thread)
    public static class Operations {
        private CpuBackend backend;
        private Operation adam;
        private Operation softmax;

        /** Made by JMH. */
        public Operations() {}

        /** Traces and compiles. */
        @Setup(Level.Trial)
        public void prepare() {
            backend = new CpuBackend(1);
            adam = CompiledOperation.of(new OptimizerUpdate(Rule.ADAM, 100_000), backend);
            softmax = CompiledOperation.of(LossCase.CROSS_ENTROPY, LossCase.ROWS, backend);
        }

        /** Ends the threads. */
        @TearDown(Level.Trial)
        public void close() {
            backend.close();
        }
    }

    /** Adam's update of 100,000 numbers, one fused loop in the cache. */
    @Benchmark
    public void adam(Operations operations) {
        operations.adam.run();
    }

    /** Softmax, cross-entropy and their gradient on [1024, 1000]. */
    @Benchmark
    public void crossEntropy(Operations operations) {
        operations.softmax.run();
    }
}
