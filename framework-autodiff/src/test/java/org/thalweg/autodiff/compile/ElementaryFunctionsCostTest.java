package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.thalweg.api.tensor.DType;

/** Operations per element. Constants stay in registers and reading a number's bits costs nothing, so neither is counted. */
final class ElementaryFunctionsCostTest {
    private static final Set<String> FREE = Set.of("dtype", "constant", "integer", "toBits", "fromBits");

    @Test
    void printsTheOperationsOfEachFunction() {
        System.out.printf("%-9s %8s %8s%n", "function", DType.FLOAT32, DType.FLOAT64);
        for (ElementaryFunction function : ElementaryFunction.ALL) {
            Map<String, Integer> single = operations(function, DType.FLOAT32);
            Map<String, Integer> twice = operations(function, DType.FLOAT64);
            System.out.printf("%-9s %8d %8d  %s%n", function.name(), total(single), total(twice), single);
        }
    }

    @Test
    void theFunctionsOfTrainingLoopsAreCheap() {
        assertTrue(total(operations(ElementaryFunction.EXP, DType.FLOAT32)) <= 17);
        assertTrue(total(operations(ElementaryFunction.TANH, DType.FLOAT32)) <= 22);
        assertTrue(total(operations(ElementaryFunction.SIGMOID, DType.FLOAT32)) <= 20);
        assertTrue(total(operations(ElementaryFunction.LOG, DType.FLOAT32)) <= 32);
        assertTrue(total(operations(ElementaryFunction.ERF, DType.FLOAT32)) <= 35);
    }

    private static int total(Map<String, Integer> operations) {
        return operations.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> operations(ElementaryFunction function, DType dtype) {
        Map<String, Integer> operations = new TreeMap<>();
        LoopArithmetic<Object> loop = counting(new ScalarArithmetic(dtype), operations);
        function.written().apply(loop, loop.constant(0.3));
        return operations;
    }

    @SuppressWarnings("unchecked")
    private static LoopArithmetic<Object> counting(LoopArithmetic<Object> loop, Map<String, Integer> operations) {
        InvocationHandler count = (proxy, method, arguments) -> {
            if (!FREE.contains(method.getName())) {
                operations.merge(method.getName(), 1, Integer::sum);
            }
            return method.invoke(loop, arguments);
        };
        return (LoopArithmetic<Object>)
                Proxy.newProxyInstance(LoopArithmetic.class.getClassLoader(), new Class<?>[] {LoopArithmetic.class}, count);
    }
}
