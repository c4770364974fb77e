package org.thalweg.autodiff.compile;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.thalweg.api.tensor.DType;

/** Trains until the JIT is done, and prints the bytes that the training thread allocated in 200 steps. Its argument is the number of threads. */
final class SteadyStateProgram {
    private final MethodHandle allocatedBytes;

    /** By reflection, because the module under test does not read the management module. */
    private SteadyStateProgram() throws ReflectiveOperationException {
        Object bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
        allocatedBytes = MethodHandles.publicLookup().findVirtual(Class.forName("com.sun.management.ThreadMXBean"),
                "getCurrentThreadAllocatedBytes", MethodType.methodType(long.class)).bindTo(bean);
    }

    public static void main(String[] arguments) throws Throwable {
        System.out.println("bytes in 200 steps: " + new SteadyStateProgram().bytesOfSteps(Integer.parseInt(arguments[0])));
    }

    private long bytesOfSteps(int threads) throws Throwable {
        long deadline = System.nanoTime() + 60_000_000_000L;
        long bytes = Long.MAX_VALUE;
        try (CpuBackend backend = new CpuBackend(threads)) {
            DenseTraining training = new DenseTraining(backend, DType.FLOAT32, 32, 64, 64, 10, 1);
            int quiet = 0;
            // Vectors are boxed until the second compiler has seen a kernel; after that, nothing may come back.
            while (quiet < 50 && System.nanoTime() < deadline) {
                long before = (long) allocatedBytes.invokeExact();
                for (int step = 0; step < 200; step++) {
                    training.step();
                }
                bytes = (long) allocatedBytes.invokeExact() - before;
                quiet = bytes == 0 ? quiet + 1 : 0;
            }
        }
        return bytes;
    }
}
