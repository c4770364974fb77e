package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/**
 * A graph made from a seed: leaves of many shapes (empty, single, odd, large), then operations on whatever fits. Values stay moderate, and what jumps
 * (comparisons, rounding) is applied to leaves only, so that rounding cannot make two correct evaluators differ.
 */
final class RandomGraph {
    final Graph graph = new Graph();
    final List<Expression> outputs = new ArrayList<>();
    final Map<Expression, double[]> leaves = new HashMap<>();
    final DType dtype;
    private final SplittableRandom random;
    private final List<Expression> pool = new ArrayList<>();
    private final ReferenceEvaluator reference = new ReferenceEvaluator(7, 3);
    private double largest = 1;

    RandomGraph(long seed, DType dtype) {
        this.dtype = dtype;
        random = new SplittableRandom(seed);
        int rows = pick(0, 1, 2, 3, 5, 7, 16, 17, 31, 64);
        int columns = pick(1, 1, 2, 3, 4, 10, 16, 33, 100, 128);
        int depth = pick(1, 2, 3, 5);
        if (random.nextInt(20) == 0) {
            rows = 300 + random.nextInt(200);
            columns = 300 + random.nextInt(200);
            depth = 1;
        }
        leaf(Shape.of(rows, columns));
        leaf(Shape.of(rows, columns));
        leaf(Shape.of(columns));
        leaf(Shape.of(rows, 1));
        leaf(Shape.scalar());
        leaf(Shape.of(depth, rows, columns));
        leaf(Shape.of(1, rows, 1));
        int count = 4 + random.nextInt(30);
        for (int attempts = 0; pool.size() < count + 7 && attempts < 300; attempts++) {
            grow();
        }
        outputs.add(pool.getLast());
        for (int i = 0; i < 3; i++) {
            outputs.add(pool.get(random.nextInt(pool.size())));
        }
        if (random.nextBoolean()) {
            addGradients();
        }
    }

    private void addGradients() {
        Expression scalar = (Expression) outputs.getFirst().sin().sum();
        List<Expression> with = leaves.keySet().stream().filter(x -> x.dtype() == dtype).sorted(java.util.Comparator.comparing(Expression::id)).toList();
        for (Expression gradient : Gradients.of(scalar, with)) {
            double size = size(reference.value(gradient));
            if (size < 1e4) {
                outputs.add(gradient);
                for (Expression node : Graph.reachable(List.of(gradient))) {
                    largest = Math.max(largest, Math.min(1e4, size(reference.value(node))));
                }
            }
        }
    }

    /** The largest absolute value of any node. */
    double largest() {
        return largest;
    }

    double[] expected(Expression output) {
        return reference.value(output);
    }

    private int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private Expression leaf(Shape shape) {
        Expression leaf = random.nextBoolean() ? graph.input("x" + pool.size(), shape, dtype) : graph.variable("x" + pool.size(), shape, dtype);
        double[] values = random.doubles(shape.size(), -2, 2).map(v -> dtype == DType.FLOAT32 ? (float) v : v).toArray();
        leaves.put(leaf, values);
        reference.set(leaf, values);
        pool.add(leaf);
        return leaf;
    }

    private Expression any() {
        return pool.get(random.nextInt(pool.size()));
    }

    private Expression anyLeaf() {
        return pool.get(random.nextInt(7));
    }

    private void grow() {
        Expression x = any();
        Expression y = any();
        Tensor grown = switch (random.nextInt(36)) {
            case 0, 1 -> fits(x, y) ? x.add(y) : null;
            case 2, 3 -> fits(x, y) ? x.sub(y) : null;
            case 4, 5 -> fits(x, y) ? x.mul(y) : null;
            case 6 -> fits(x, y) ? x.div(y.abs().add(0.5)) : null;
            case 7 -> fits(x, y) ? x.max(y) : null;
            case 8 -> fits(x, y) ? x.min(y) : null;
            case 9 -> x.neg();
            case 10 -> x.abs();
            case 11 -> x.abs().add(0.1).sqrt();
            case 12 -> x.clamp(-4, 4).exp();
            case 13 -> x.abs().add(0.5).log();
            case 14 -> x.tanh();
            case 15 -> x.sigmoid();
            case 16 -> x.sin();
            case 17 -> x.cos();
            case 18 -> x.erf();
            case 19 -> x.softplus();
            case 20 -> x.square();
            case 21 -> x.relu();
            case 22 -> x.shape().rank() > 0 ? x.softmax(-1) : null;
            case 23 -> reduce(x, true);
            case 24 -> reduce(x, false);
            case 25 -> x.shape().rank() > 0 && x.shape().extent(-1) > 0 ? x.logSumExpKeepingAxis(-1) : null;
            case 26 -> x.shape().rank() >= 2 ? x.transpose() : null;
            case 27 -> x.shape().rank() >= 2 && y.shape().rank() >= 2 && x.shape().extent(-1) == y.shape().extent(-2) ? product(x, y) : null;
            case 28 -> x.shape().rank() >= 2 && y.shape().rank() >= 2 && x.shape().extent(-1) == y.shape().extent(-1)
                    ? product(x, y.transpose()) : null;
            case 29 -> {
                Expression a = anyLeaf();
                Expression b = anyLeaf();
                Tensor chosen = fits(a, b) ? (Tensor) a.less(b) : null;
                yield chosen != null && fits((Expression) chosen, x) ? chosen.where(x, x.constant(0.25)) : null;
            }
            case 30 -> x.shape().rank() > 0 && x.shape().extent(0) > 1 ? x.slice(0, 1, x.shape().extent(0)) : null;
            case 31 -> x.shape().rank() > 0 && x.shape().size() < 20_000 ? x.pad(-1, 1, 2) : null;
            case 32 -> x.shape().rank() > 0 && x.shape().size() < 20_000 ? x.concat(0, List.of(x)) : null;
            case 33 -> x.shape().rank() == 3 ? x.reshape(Shape.of(x.shape().extent(0) * x.shape().extent(1), x.shape().extent(2)))
                    : x.reshape(Shape.of((int) x.shape().size()));
            case 34 -> anyLeaf().round().add(anyLeaf().floor().mul(0.01).sum());
            default -> x.shape().rank() >= 1 && x.shape().extent(0) > 0
                    ? x.gather(x.range(5).div(x.range(1).constant(5 / Math.min(5, x.shape().extent(0)) + 4))) : null;
        };
        if (grown instanceof Expression node && node.shape().size() <= 400_000) {
            double size = size(reference.value(node));
            if (size < 50) {
                pool.add(node);
                for (Expression needed : Graph.reachable(List.of(node))) {
                    largest = Math.max(largest, size(reference.value(needed)));
                }
            }
        }
    }

    private static Tensor product(Expression x, Tensor y) {
        long work = x.shape().size() * y.shape().extent(-1);
        if (work > 20_000_000L || Shape.of(x.shape().sub(0, x.shape().rank() - 2).toArray())
                .broadcastWith(y.shape().sub(0, y.shape().rank() - 2)) == null) {
            return null;
        }
        return x.matmul(y).mul(0.1);
    }

    private Tensor reduce(Expression x, boolean sum) {
        int rank = x.shape().rank();
        if (rank == 0) {
            return null;
        }
        int[] axes = random.ints(rank, 0, rank).distinct().limit(1 + random.nextInt(rank)).toArray();
        boolean keep = random.nextBoolean();
        if (sum) {
            return keep ? x.meanKeepingAxes(axes) : x.mul(0.1).sum(axes);
        }
        return keep ? x.maxKeepingAxes(axes) : x.maxOver(axes);
    }

    private static boolean fits(Expression x, Expression y) {
        Shape common = x.shape().broadcastWith(y.shape());
        return common != null && common.size() <= 400_000;
    }

    private static double size(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : Double.POSITIVE_INFINITY;
        }
        return largest;
    }

    /** Binds the leaves and runs. */
    Program run(Backend backend) {
        Program program = backend.compile(Computation.of(outputs));
        leaves.forEach((leaf, values) -> program.bind(leaf, array(values)));
        program.random(7, 3);
        program.run();
        return program;
    }

    private Object array(double[] values) {
        if (dtype == DType.FLOAT64) {
            return values.clone();
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
