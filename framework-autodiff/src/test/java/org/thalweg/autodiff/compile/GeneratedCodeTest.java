package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.kernel.WorkerPool;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** Generated loops stay short enough for HotSpot, are shared by structure, and are not kept without bound. */
class GeneratedCodeTest {
    private static Expression e(org.thalweg.api.tensor.Tensor tensor) {
        return (Expression) tensor;
    }

    /** A body of one flat loop: as many error functions, each of another array. */
    private static LoopBody errorFunctions(int count, DType dtype) {
        LoopBody body = new LoopBody(new int[] {100});
        LoopBody.Type type = LoopBody.Type.of(dtype);
        for (int i = 0; i < count; i++) {
            LoopBody.Instruction x = body.load(i, type, new int[] {1});
            LoopBody.Instruction y = ElementaryFunctions.erf(new BodyArithmetic(body, type), x);
            body.stores.add(new LoopBody.Store(body.operand(count + i, type, new int[] {1}), y));
        }
        return body;
    }

    @ParameterizedTest
    @CsvSource({"0, FLOAT32", "0, FLOAT64", "128, FLOAT32", "256, FLOAT64", "512, FLOAT32", "512, FLOAT64"})
    void aLoopThatHotSpotWouldNeverCompileIsRefused(int vectorBits, DType dtype) {
        KernelCache cache = new KernelCache(vectorBits, null);
        cache.kernel(errorFunctions(1, dtype));
        for (int count : new int[] {20, 60, 300}) {
            KernelCache.TooLongException refused =
                    assertThrows(KernelCache.TooLongException.class, () -> cache.kernel(errorFunctions(count, dtype)));
            assertTrue(refused.getMessage().matches("a loop of (\\d{4,}|more than 65535) bytecodes would never be compiled"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 256, 512})
    void hundredsOfLongFunctionsOfSeveralInputsAreSplit(int vectorBits) {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            Graph graph = new Graph();
            SplittableRandom random = new SplittableRandom(5);
            Map<Expression, double[]> point = new HashMap<>();
            List<Expression> inputs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Expression input = graph.input("x" + i, Shape.of(3, 37), dtype);
                inputs.add(input);
                point.put(input, random.doubles(111, -0.9, 0.9).map(v -> (float) v).toArray());
            }
            Expression sum = inputs.get(0);
            for (int i = 0; i < 300; i++) {
                Expression x = e(inputs.get(i % 5).mul(0.9 - 0.002 * i));
                Expression y = i % 3 == 0 ? x.erf() : i % 3 == 1 ? x.tan() : x.asin();
                sum = i % 7 == 0 ? e(sum.mul(0.5).add(y.mul(e(sum.tanh())))) : sum.add(y);
            }
            List<Expression> outputs = new ArrayList<>(List.of(sum, e(sum.softmax(-1))));
            outputs.addAll(Gradients.of(e(sum.sin().mean()), inputs));
            try (CpuBackend backend = new CpuBackend(1, vectorBits)) {
                Program program = backend.compile(Computation.of(outputs));
                point.forEach((input, values) -> program.bind(input, array(dtype, values)));
                program.run();
                ReferenceEvaluator reference = new ReferenceEvaluator();
                point.forEach(reference::set);
                for (int i = 0; i < outputs.size(); i++) {
                    double[] expected = reference.value(outputs.get(i));
                    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
                    for (int k = 0; k < expected.length; k++) {
                        assertEquals(expected[k], Memory.element(program.output(i), k),
                                (dtype == DType.FLOAT32 ? 1e-3 : 1e-11) * Math.max(1, largest), outputs.get(i) + " " + k);
                    }
                }
            }
        }
    }

    private static Object array(DType dtype, double[] values) {
        if (dtype == DType.FLOAT64) {
            return values.clone();
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Test
    void bodiesOfTheSameStructureShareAKernelWhateverTheirSizes() {
        KernelCache cache = new KernelCache(0, null);
        LoopKernel first = cache.kernel(scaled(100, 2));
        assertSame(first, cache.kernel(scaled(100, 2)));
        assertSame(first, cache.kernel(scaled(77, 2)));
        assertNotSame(first, cache.kernel(scaled(100, 3)));
    }

    private static LoopBody scaled(int size, double factor) {
        LoopBody body = new LoopBody(new int[] {size});
        LoopBody.Type type = LoopBody.Type.FLOAT32;
        LoopBody.Instruction x = body.load(0, type, new int[] {1});
        LoopBody.Instruction y = body.apply(LoopBody.Code.MUL, type, 0, x, body.constant(type, factor));
        body.stores.add(new LoopBody.Store(body.operand(1, type, new int[] {1}), y));
        return body;
    }

    @Test
    void compilingTheSameStructureAgainGeneratesNothing() {
        KernelCache cache = new KernelCache(256, null);
        try (WorkerPool pool = new WorkerPool(1)) {
            Assembly.assemble(structure(13, 17), cache, pool, 120);
            int generated = cache.size();
            assertTrue(generated > 3, generated + " kernels");
            Assembly.assemble(structure(13, 17), cache, pool, 120);
            Assembly.assemble(structure(40, 21), cache, pool, 120);
            assertEquals(generated, cache.size());
        }
    }

    private static Computation structure(int rows, int columns) {
        Graph graph = new Graph();
        Expression x = graph.input("x", Shape.of(rows, columns), DType.FLOAT32);
        Expression w = graph.variable("w", Shape.of(columns, 5), DType.FLOAT32);
        Expression loss = e(x.matmul(w).tanh().softmax(-1).log().square().sum());
        Expression gradient = Gradients.of(loss, List.of(w)).getFirst();
        return new Computation(List.of(loss), Map.of(w, e(w.sub(gradient.mul(0.1)))), List.of(loss));
    }

    @Test
    void theCacheIsBounded() {
        KernelCache cache = new KernelCache(0, null);
        LoopKernel oldest = cache.kernel(scaled(10, -1));
        LoopKernel used = cache.kernel(scaled(10, -2));
        for (int i = 0; i < KernelCache.MOST_KERNELS; i++) {
            cache.kernel(scaled(10, 0.5 + i));
            if (i % 100 == 0) {
                assertSame(used, cache.kernel(scaled(10, -2)));
            }
        }
        assertEquals(KernelCache.MOST_KERNELS, cache.size());
        assertSame(used, cache.kernel(scaled(10, -2)), "what is used stays");
        assertNotSame(oldest, cache.kernel(scaled(10, -1)), "what was used longest ago goes");
    }
}
