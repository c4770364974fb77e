package org.thalweg.autodiff.compile;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.invoke.MethodHandles;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.GemmUse;

/** Generates loop kernels, and keeps the ones used last: bodies of the same structure share one. */
final class KernelCache {
    /** HotSpot never compiles a longer method. */
    static final int LONGEST_METHOD = 8000;
    static final int MOST_KERNELS = 4096;

    /** A loop body that is too long for one method. */
    static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLongException(String length, Throwable cause) {
            super("a loop of " + length + " bytecodes would never be compiled", cause, false, false);
        }
    }

    private final int vectorBits;
    private final WarmUp warmUp;
    private final Map<GemmUse, Map<DType, TieredGemm>> products = new EnumMap<>(GemmUse.class);
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

    /** The kernels of matrix products for one use. */
    synchronized TieredGemm gemm(DType dtype, GemmUse use) {
        return products.computeIfAbsent(use, key -> new EnumMap<>(DType.class)).computeIfAbsent(dtype, key -> tiered(dtype, use));
    }

    /** The products to make room for, whether their kernels are ready or not. */
    Gemm best(DType dtype) {
        return Gemm.of(dtype, vectorBits);
    }

    private TieredGemm tiered(DType type, GemmUse use) {
        Gemm vector = best(type);
        TieredGemm gemm = new TieredGemm(type, warmUp == null ? vector : Gemm.of(type, 0), vector, use);
        if (warmUp != null && vectorBits != 0) {
            warmUp.submit(gemm);
        }
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
        return load(classFile(body, null));
    }

    private LoopKernel vector(LoopBody body, VectorCode vectors) {
        byte[] vectorClass = classFile(body, vectors);
        return warmUp == null ? load(vectorClass) : new TieredKernel(scalar(body), () -> load(vectorClass), body, warmUp);
    }

    private LoopKernel shortRows(LoopBody body, VectorCode vectors) {
        LoopKernel scalar = scalar(body);
        byte[] blocks;
        try {
            blocks = bounded(() -> ShortRowsGenerator.generate(body, vectors));
        } catch (TooLongException e) {
            return scalar;
        }
        return warmUp == null ? new ShortRowsKernel(load(blocks), scalar, vectors.lanes())
                : new TieredKernel(scalar, () -> new ShortRowsKernel(load(blocks), scalar, vectors.lanes()), body, warmUp);
    }

    private static byte[] classFile(LoopBody body, VectorCode vectors) {
        return bounded(() -> LoopGenerator.generate(body, vectors));
    }

    private static byte[] bounded(Supplier<byte[]> generator) {
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
        return classFile;
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
