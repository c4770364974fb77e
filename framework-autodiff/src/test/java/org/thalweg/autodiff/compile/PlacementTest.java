package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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

/** Slices that are read where they are, and concatenations that are written where they belong. */
class PlacementTest {
    /** Matrices cut, joined, multiplied and added as the seed says, with variables that are updated from pieces of themselves. */
    private static final class Pieces {
        final Graph graph = new Graph();
        final Map<Expression, double[]> leaves = new LinkedHashMap<>();
        final List<Expression> outputs = new ArrayList<>();
        final Map<Expression, Expression> updates = new LinkedHashMap<>();
        private final SplittableRandom random;
        private final List<Expression> pool = new ArrayList<>();

        Pieces(long seed) {
            random = new SplittableRandom(seed);
            int rows = pick(1, 3, 8, 32, 40);
            int columns = pick(32, 64, 100, 130);
            Expression x = leaf(graph.input("x", Shape.of(rows, columns), DType.FLOAT64));
            Expression v = leaf(graph.variable("v", Shape.of(rows, columns), DType.FLOAT64));
            Expression w = leaf(graph.variable("w", Shape.of(columns, columns), DType.FLOAT64));
            pool.addAll(List.of(x, v, w));
            for (int i = 0; i < 400 && pool.size() < 24; i++) {
                Tensor grown = grown();
                if (grown != null && grown.shape().size() < 60_000) {
                    pool.add((Expression) grown);
                }
            }
            outputs.add(pool.getLast());
            outputs.add(any());
            if (random.nextBoolean()) {
                outputs.addAll(Gradients.of((Expression) pool.getLast().mul(any().sum()).sum(), List.of(x, w)));
            }
            if (random.nextBoolean()) {
                int half = columns / 2;
                Tensor left = v.slice(1, 0, half);
                Tensor right = v.slice(1, half, columns);
                updates.put(v, (Expression) right.tanh().concat(1, List.of(left.mul(2).add(right.sum()))));
                updates.put(w, (Expression) w.mul(0.5).add(w.slice(0, 0, 1).sum()));
            }
        }

        private Expression leaf(Expression leaf) {
            leaves.put(leaf, random.doubles(leaf.shape().size(), -1, 1).toArray());
            return leaf;
        }

        private int pick(int... choices) {
            return choices[random.nextInt(choices.length)];
        }

        private Expression any() {
            // What is new is used more often.
            return pool.get(Math.max(random.nextInt(pool.size()), random.nextInt(pool.size())));
        }

        private Tensor grown() {
            Expression a = any();
            Expression b = any();
            int axis = random.nextInt(2);
            int extent = a.shape().extent(axis);
            return switch (random.nextInt(9)) {
                case 0, 1 -> {
                    int from = random.nextInt(extent);
                    yield a.slice(axis, from, from + 1 + random.nextInt(extent - from));
                }
                case 2, 3 -> {
                    boolean fits = a.shape().extent(1 - axis) == b.shape().extent(1 - axis);
                    yield fits ? a.tanh().concat(axis, List.of(random.nextBoolean() ? b : b.sin(), random.nextBoolean() ? a : a.cos())) : null;
                }
                case 4 -> a.shape().equals(b.shape()) ? a.mul(b).tanh() : null;
                case 5 -> a.shape().extent(1) == b.shape().extent(0) ? a.matmul(b).tanh() : null;
                case 6 -> a.shape().extent(1) == b.shape().extent(1) ? a.matmul(b.transpose()).tanh() : null;
                case 7 -> a.shape().extent(0) == b.shape().extent(0) ? a.transpose().matmul(b).tanh() : null;
                default -> random.nextBoolean() ? a.reshape(1, a.shape().extent(0), a.shape().extent(1)).mul(0.5).reshape(a.shape())
                        : a.reshape((int) a.shape().size()).sin().reshape(a.shape());
            };
        }
    }

    @ParameterizedTest
    @CsvSource({"512, 0", "256, 300", "128, 600", "0, 900"})
    void piecesOfMatricesAgreeWithTheReference(int vectorBits, int firstSeed) {
        try (CpuBackend backend = new CpuBackend(2, vectorBits)) {
            for (int seed = firstSeed; seed < firstSeed + 150; seed++) {
                Pieces pieces = new Pieces(seed);
                List<Expression> wanted = new ArrayList<>(pieces.outputs);
                wanted.addAll(pieces.updates.values());
                List<double[]> expected = ReferenceEvaluator.evaluate(wanted, pieces.leaves);
                Program program = backend.compile(new Computation(pieces.outputs, pieces.updates, List.of()));
                Map<Expression, double[]> bound = new HashMap<>();
                pieces.leaves.forEach((leaf, values) -> bound.put(leaf, values.clone()));
                bound.forEach(program::bind);
                program.run();
                for (int i = 0; i < pieces.outputs.size(); i++) {
                    assertClose(expected.get(i), (double[]) program.output(i), "seed " + seed + ", output " + i);
                }
                int next = pieces.outputs.size();
                for (Expression variable : pieces.updates.keySet()) {
                    assertClose(expected.get(next++), bound.get(variable), "seed " + seed + ", " + variable);
                }
            }
        }
    }

    private static void assertClose(double[] expected, double[] actual, String message) {
        double largest = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], actual[k], 1e-11 * largest, message + " at " + k);
        }
    }

    @Test
    void nothingIsCopiedForTheGatesOfARecurrence() {
        Graph graph = new Graph();
        Expression gates = graph.input("gates", Shape.of(8, 128), DType.FLOAT32);
        Expression weight = graph.variable("w", Shape.of(128, 64), DType.FLOAT32);
        Tensor cell = gates.slice(1, 0, 64).sigmoid().mul(gates.slice(1, 64, 128).tanh());
        Expression joined = (Expression) cell.concat(1, List.of(cell.square()));
        Expression result = joined.matmul(weight);
        try (CpuBackend backend = new CpuBackend(1, 0)) {
            Program program = backend.compile(new Computation(List.of(result), Map.of(), List.of()));
            program.startProfile();
            List<String> steps = program.profile().stream().map(StepProfile::kind).toList();

            assertEquals(List.of("loop over [8, 64]", "matmul [8, 128] x [128, 64]", "finite check"), steps);
        }
    }

    @ParameterizedTest
    @CsvSource({"512", "256", "128", "0"})
    void oneElementOfAVectorIsReadFromWhereItIs(int vectorBits) {
        Graph graph = new Graph();
        Expression vector = graph.input("vector", Shape.of(5), DType.FLOAT32);
        Expression x = graph.input("x", Shape.of(2, 40), DType.FLOAT32);
        Expression scaled = x.mul(vector.slice(0, 3, 4));
        Expression sums = (Expression) scaled.exp().sum(1);
        try (CpuBackend backend = new CpuBackend(1, vectorBits)) {
            Program program = backend.compile(new Computation(List.of(sums, (Expression) scaled.sum(0)), Map.of(), List.of()));
            program.bind(vector, new float[] {1, 2, 3, 0, 5});
            float[] ones = new float[80];
            Arrays.fill(ones, 1);
            program.bind(x, ones);
            program.run();

            assertArrayEquals(new float[] {40, 40}, (float[]) program.output(0));
            assertArrayEquals(new float[40], (float[]) program.output(1));
        }
    }

    @Test
    void shortRowsAreCopiedAndOutputsHaveArraysOfTheirOwn() {
        Graph graph = new Graph();
        Expression x = graph.input("x", Shape.of(8, 12), DType.FLOAT32);
        Expression part = x.slice(1, 0, 5);
        Expression sum = part.exp().add(x.slice(1, 5, 10));
        try (CpuBackend backend = new CpuBackend(1, 0)) {
            Program program = backend.compile(new Computation(List.of(sum, part), Map.of(), List.of()));
            program.startProfile();

            assertEquals(2, program.profile().stream().filter(step -> step.kind().startsWith("slice")).count());
            float[] numbers = new float[96];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = i;
            }
            program.bind(x, numbers);
            program.run();
            assertTrue(Arrays.equals(new float[] {0, 1, 2, 3, 4, 12}, Arrays.copyOf((float[]) program.output(1), 6)));
        }
    }
}
