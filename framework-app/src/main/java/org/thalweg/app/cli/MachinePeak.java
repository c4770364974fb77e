package org.thalweg.app.cli;

import java.util.List;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/**
 * What this machine reaches with the kernels in use: a matrix product that stays in the cache, and a loop over arrays that do not ({@code a = b + c s}, which
 * moves 12 bytes an element). Measured, in about a second.
 *
 * @param flops floating-point operations a second
 * @param bytes a second, from and to memory
 */
record MachinePeak(double flops, double bytes) {
    private static final int SIDE = 384;
    private static final int LENGTH = 1 << 23;
    private static final long NANOS = 500_000_000;

    static MachinePeak measure(Backend backend) {
        Graph graph = new Graph();
        Expression a = graph.input("a", Shape.of(SIDE, SIDE), DType.FLOAT32);
        Expression b = graph.input("b", Shape.of(SIDE, SIDE), DType.FLOAT32);
        Program product = backend.compile(Computation.of(List.of(a.matmul(b))));
        product.bind(a, new float[SIDE * SIDE]);
        product.bind(b, new float[SIDE * SIDE]);

        Expression x = graph.input("x", Shape.of(LENGTH), DType.FLOAT32);
        Expression y = graph.input("y", Shape.of(LENGTH), DType.FLOAT32);
        Program triad = backend.compile(Computation.of(List.of(x.add(y.mul(3)))));
        triad.bind(x, new float[LENGTH]);
        triad.bind(y, new float[LENGTH]);
        return new MachinePeak(2.0 * SIDE * SIDE * SIDE / seconds(product), 12.0 * LENGTH / seconds(triad));
    }

    /** The shortest run within a time that lets the JVM compile the kernels. */
    private static double seconds(Program program) {
        long end = System.nanoTime() + NANOS;
        long best = Long.MAX_VALUE;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            program.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best * 1e-9;
    }
}
