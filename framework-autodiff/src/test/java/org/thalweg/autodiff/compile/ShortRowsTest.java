package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** Rows that are shorter than a vector, and go side by side. */
class ShortRowsTest {
    /** A classifier's outputs with all that a loop over them may contain: classes, weights of rows and of columns, a number of the step, masks, several passes. */
    private static final class Classifier {
        final Graph graph = new Graph();
        final Map<Expression, double[]> leaves = new LinkedHashMap<>();
        final List<Expression> outputs = new ArrayList<>();
        final Expression temperature;

        Classifier(DType dtype, int rows, int classes, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Expression logits = leaf(graph.input("logits", Shape.of(rows, classes), dtype), random.doubles(rows * (long) classes, -30, 30).toArray());
            Expression ofRows = leaf(graph.input("ofRows", Shape.of(rows, 1), dtype), random.doubles(rows, 0.1, 2).toArray());
            Expression ofClasses = leaf(graph.input("ofClasses", Shape.of(classes), dtype), random.doubles(classes, -1, 1).toArray());
            Expression target = leaf(graph.input("target", Shape.of(rows), DType.INT32), random.ints(rows, 0, classes).asDoubleStream().toArray());
            temperature = graph.scalar("temperature", dtype);
            Tensor scaled = logits.mul(ofClasses).mul(temperature);
            Tensor probabilities = scaled.softmax(1);
            Tensor picked = probabilities.logSoftmax(1).mul(target.oneHot(classes, dtype)).sumKeepingAxes(1);
            Tensor loss = ofRows.greater(1).where(picked.neg().mul(ofRows.log()), scaled.maxKeepingAxes(1));
            outputs.add(expression(probabilities));
            outputs.add(expression(loss));
            outputs.add(expression(scaled.sub(scaled.meanKeepingAxes(1)).square().sum(1).sqrt()));
            outputs.addAll(Gradients.of(expression(loss.mean()), List.of(logits, ofRows, ofClasses)));
        }

        private Expression leaf(Expression leaf, double[] values) {
            leaves.put(leaf, leaf.dtype() == DType.FLOAT32 ? Arrays.stream(values).map(x -> (float) x).toArray() : values);
            return leaf;
        }

        private static Expression expression(Tensor tensor) {
            return (Expression) tensor;
        }

        List<double[]> run(CpuBackend backend) {
            Program program = backend.compile(Computation.of(outputs));
            leaves.forEach((leaf, values) -> program.bind(leaf, Memory.array(leaf.dtype(), Arrays.stream(values).boxed().toList())));
            program.set(temperature, 0.25);
            program.run();
            return IntStream.range(0, outputs.size()).mapToObj(i -> IntStream.range(0, (int) outputs.get(i).shape().size())
                    .mapToDouble(k -> Memory.element(program.output(i), k)).toArray()).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 512", "FLOAT32, 256", "FLOAT32, 128", "FLOAT64, 512", "FLOAT64, 256", "FLOAT64, 128"})
    void haveTheBitsOfOneRowAfterTheOther(DType dtype, int vectorBits) {
        try (CpuBackend plain = new CpuBackend(1, 0); CpuBackend one = new CpuBackend(1, vectorBits); CpuBackend two = new CpuBackend(2, vectorBits)) {
            for (int classes = 1; classes < 18; classes++) {
                for (int rows : new int[] {4, 15, 16, 17, 37, 64}) {
                    Classifier classifier = new Classifier(dtype, rows, classes, 100L * rows + classes);
                    List<double[]> expected = classifier.run(plain);
                    List<double[]> actual = classifier.run(one);
                    List<double[]> shared = classifier.run(two);
                    for (int i = 0; i < expected.size(); i++) {
                        String what = rows + " x " + classes + ", output " + i;
                        assertArrayEquals(expected.get(i), actual.get(i), what);
                        assertArrayEquals(expected.get(i), shared.get(i), what + ", two threads");
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"512", "256", "128", "0"})
    void agreeWithTheReference(int vectorBits) {
        try (CpuBackend backend = new CpuBackend(1, vectorBits)) {
            for (int classes : new int[] {1, 2, 3, 7, 10, 15}) {
                Classifier classifier = new Classifier(DType.FLOAT64, 33, classes, classes);
                ReferenceEvaluator reference = new ReferenceEvaluator();
                classifier.leaves.forEach(reference::set);
                reference.set(classifier.temperature, 0.25);
                List<double[]> actual = classifier.run(backend);
                for (int i = 0; i < actual.size(); i++) {
                    assertArrayEquals(reference.value(classifier.outputs.get(i)), actual.get(i), 1e-11, classes + " classes, output " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"512, 16", "256, 8", "128, 4"})
    void aLossOfFewClassesIsComputedSideBySide(int vectorBits, int rowsOfBlock) {
        LoopBody body = new LoopBody(new int[] {64, 10});
        LoopBody.Instruction x = body.load(0, LoopBody.Type.FLOAT32, new int[] {10, 1});
        LoopBody.Instruction largest = body.reduce(false, x);
        body.stores.add(new LoopBody.Store(body.operand(1, LoopBody.Type.FLOAT32, new int[] {1, 0}), largest));

        ShortRowsKernel kernel = assertInstanceOf(ShortRowsKernel.class, new KernelCache(vectorBits, null).kernel(body));
        assertEquals(rowsOfBlock, kernel.rowsOfBlock());
    }

    @Test
    void aVariableIsUpdatedInPlace() {
        Graph graph = new Graph();
        Expression table = graph.variable("table", Shape.of(40, 3), DType.FLOAT32);
        Expression normalized = table.div(table.square().sumKeepingAxes(1).sqrt());
        float[][] results = new float[2][];
        for (int i = 0; i < 2; i++) {
            float[] values = new float[120];
            for (int k = 0; k < values.length; k++) {
                values[k] = 1 + k % 7;
            }
            try (CpuBackend backend = new CpuBackend(1, i * 512)) {
                Program program = backend.compile(new Computation(List.of(), Map.of(table, normalized), List.of()));
                program.bind(table, values);
                program.run();
            }
            results[i] = values;
        }
        assertArrayEquals(results[0], results[1]);
        assertEquals(1, results[1][3] * results[1][3] + results[1][4] * results[1][4] + results[1][5] * results[1][5], 1e-6);
    }
}
