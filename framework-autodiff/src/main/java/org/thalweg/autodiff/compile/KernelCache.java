package org.thalweg.autodiff.compile;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Gemm;

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
    private final Map<String, LoopKernel> kernels = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LoopKernel> eldest) {
            return size() > MOST_KERNELS;
        }
    };

    /** With vectors of 128, 256 or 512 bit, or 0 for scalar code. */
    KernelCache(int vectorBits) {
        this.vectorBits = vectorBits;
    }

    int vectorBits() {
        return vectorBits;
    }

    /** The number of kernels that are kept now. */
    synchronized int size() {
        return kernels.size();
    }

    Gemm gemm(DType dtype) {
        return Gemm.of(dtype, vectorBits);
    }

    /** The kernel of a body. */
    synchronized LoopKernel kernel(LoopBody body) {
        LoopBody.Type type = vectorBits == 0 || Lowering.isPlainArithmetic(body) ? null : Lowering.vectorType(body);
        String key = body.structure();
        LoopKernel known = kernels.get(key);
        if (known == null) {
            known = load(classFile(body, type == null ? null : new VectorCode(type, vectorBits)));
            kernels.put(key, known);
        }
        return known;
    }

    private static byte[] classFile(LoopBody body, VectorCode vectors) {
        try {
            return LoopGenerator.generate(body, vectors);
        } catch (IllegalArgumentException e) {
            // What the class-file API says of a method beyond the format's limit.
            throw new TooLongException("more than 65535", e);
        }
    }

    private static LoopKernel load(byte[] classFile) {
        int length = codeLength(classFile);
        if (length > LONGEST_METHOD) {
            throw new TooLongException(Integer.toString(length), null);
        }
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
