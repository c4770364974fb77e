package org.thalweg.autodiff.compile;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.invoke.MethodHandles;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.GemmKernel;

/** Generates loop kernels, and keeps the ones used last: bodies of the same structure share one. */
final class KernelCache {
    /** HotSpot never compiles a longer method. */
    static final int LONGEST_METHOD = 8000;
    static final int MOST_KERNELS = 4096;

    /** Vector code has at most so many times the bytecodes of scalar code; that much with something to spare. */
    private static final int MOST_LENGTH_OF_VECTORS = 4;

    /** A class file, and the length of its longest method. */
    private record ClassBytes(byte[] bytes, int length) {}

    /** A loop body that is too long for one method. */
    static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLongException(String length, Throwable cause) {
            super("a loop of " + length + " bytecodes would never be compiled", cause, false, false);
        }
    }

    private final int vectorBits;
    private final WarmUp warmUp;
    private final Map<DType, Map<Set<GemmKernel>, TieredGemm>> products = new EnumMap<>(DType.class);
    private final Map<String, LoopKernel> kernels = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LoopKernel> eldest) {
            return size() > MOST_KERNELS;
        }
    };

    /**
     * With vectors of 128, 256 or 512 bit, or 0 for scalar code.
     *
     * @param warmUp lets kernels start as scalar code; null for vector code from the first call
     */
    KernelCache(int vectorBits, WarmUp warmUp) {
        this.vectorBits = vectorBits;
        this.warmUp = warmUp;
    }

    int vectorBits() {
        return vectorBits;
    }

    /** The number of kernels that are kept now. */
    synchronized int size() {
        return kernels.size();
    }

    /** Products for which some kernels are needed. */
    synchronized TieredGemm gemm(DType dtype, Set<GemmKernel> needed) {
        return products.computeIfAbsent(dtype, key -> new HashMap<>()).computeIfAbsent(needed, key -> tiered(dtype, needed));
    }

    /** The products to make room for, whether their kernels are ready or not. */
    Gemm best(DType dtype) {
        return Gemm.of(dtype, vectorBits);
    }

    private TieredGemm tiered(DType dtype, Set<GemmKernel> needed) {
        Gemm vector = best(dtype);
        if (warmUp == null || vectorBits == 0 || vector.practice().isReady(needed)) {
            return new TieredGemm(vector, vector, needed);
        }
        TieredGemm gemm = new TieredGemm(Gemm.of(dtype, 0), vector, needed);
        warmUp.submit(gemm);
        return gemm;
    }

    /** The kernel of a body. */
    synchronized LoopKernel kernel(LoopBody body) {
        boolean shortRows = body.hasShortRows();
        LoopBody.Type type = vectorBits == 0 || Lowering.isPlainArithmetic(body) ? null
                : Lowering.vectorType(body, shortRows ? LoopBody.Place.ROW : LoopBody.Place.ELEMENT);
        VectorCode vectors = type == null ? null : new VectorCode(type, vectorBits);
        // Fewer numbers than a vector has lanes would go through scalar code alone.
        vectors = vectors != null && body.extent(body.rank() - (shortRows ? 2 : 1)) < vectors.lanes() ? null : vectors;
        String key = (vectors == null ? "scalar " : shortRows ? "short " : "vector ") + body.structure();
        LoopKernel known = kernels.get(key);
        if (known == null) {
            known = vectors == null ? scalar(body) : shortRows ? shortRows(body, vectors) : vector(body, vectors);
            kernels.put(key, known);
        }
        return known;
    }

    private static LoopKernel scalar(LoopBody body) {
        return load(classFile(body, null).bytes);
    }

    private LoopKernel vector(LoopBody body, VectorCode vectors) {
        if (warmUp == null) {
            return load(classFile(body, vectors).bytes);
        }
        ClassBytes scalar = classFile(body, null);
        return tiered(load(scalar.bytes), scalar.length, () -> classFile(body, vectors), vector -> vector, body);
    }

    private LoopKernel shortRows(LoopBody body, VectorCode vectors) {
        ClassBytes scalarClass = classFile(body, null);
        LoopKernel scalar = load(scalarClass.bytes);
        Supplier<ClassBytes> blocks = () -> bounded(() -> ShortRowsGenerator.generate(body, vectors));
        UnaryOperator<LoopKernel> withRest = kernel -> new ShortRowsKernel(kernel, scalar, vectors.lanes());
        try {
            return warmUp == null ? withRest.apply(load(blocks.get().bytes)) : tiered(scalar, scalarClass.length, blocks, withRest, body);
        } catch (TooLongException e) {
            return scalar;
        }
    }

    /** A scalar kernel and a vector kernel, which is written later where it cannot be too long, as the first steps of a program wait for all that is written now. */
    private TieredKernel tiered(LoopKernel scalar, int scalarLength, Supplier<ClassBytes> vectorClass, UnaryOperator<LoopKernel> finish, LoopBody body) {
        if (scalarLength * MOST_LENGTH_OF_VECTORS <= LONGEST_METHOD) {
            return new TieredKernel(scalar, () -> finish.apply(load(vectorClass.get().bytes)), body, warmUp);
        }
        byte[] bytes = vectorClass.get().bytes;
        return new TieredKernel(scalar, () -> finish.apply(load(bytes)), body, warmUp);
    }

    private static ClassBytes classFile(LoopBody body, VectorCode vectors) {
        return bounded(() -> LoopGenerator.generate(body, vectors));
    }

    private static ClassBytes bounded(Supplier<byte[]> generator) {
        byte[] classFile;
        try {
            classFile = generator.get();
        } catch (IllegalArgumentException e) {
            // What the class-file API says of a method beyond the format's limit.
            throw new TooLongException("more than 65535", e);
        }
        int length = codeLength(classFile);
        if (length > LONGEST_METHOD) {
            throw new TooLongException(Integer.toString(length), null);
        }
        return new ClassBytes(classFile, length);
    }

    private static LoopKernel load(byte[] classFile) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(classFile, true);
            return (LoopKernel) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated kernel cannot be loaded", e);
        }
    }

    private static int codeLength(byte[] classFile) {
        int longest = 0;
        for (var method : ClassFile.of().parse(classFile).methods()) {
            if (method.code().orElse(null) instanceof CodeAttribute code) {
                longest = Math.max(longest, code.codeLength());
            }
        }
        return longest;
    }
}
