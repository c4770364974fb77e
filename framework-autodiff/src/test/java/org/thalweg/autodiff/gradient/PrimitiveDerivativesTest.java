package org.thalweg.autodiff.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.tensor.Window;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Binary;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.graph.Unary;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** First and second derivatives of every primitive, evaluated by the reference and compiled, against central differences. */
class PrimitiveDerivativesTest {
    private static final Window WINDOW = new Window(List.of(2, 3), List.of(2, 2), List.of(0, 1), List.of(2, 1));

    private static final double STEP = 1e-5;
    private static final long SEED = 7;
    private static final long RANDOM_STEP = 3;

    private static CpuBackend vectors;
    private static CpuBackend plain;

    @BeforeAll
    static void open() {
        vectors = new CpuBackend(1);
        plain = new CpuBackend(1, 0);
    }

    @AfterAll
    static void close() {
        vectors.close();
        plain.close();
    }

    /** A formula of operands whose elements are drawn from low to high. */
    private record Formula(String name, double low, double high, List<Shape> shapes, Function<List<Expression>, Tensor> apply) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Formula formula(String name, Function<List<Expression>, Tensor> apply, Shape... shapes) {
        return new Formula(name, 0.1, 3, List.of(shapes), apply);
    }

    private static Shape shape(int... extents) {
        return Shape.of(extents);
    }

    /** An arm for every member: a new one does not compile before it is covered. */
    private static Formula of(Unary function) {
        Shape vector = shape(7);
        String name = function.name();
        return switch (function) {
            case NEG -> formula(name, x -> x.get(0).neg(), vector);
            case ABS -> new Formula(name, -3, 3, List.of(vector), x -> x.get(0).abs());
            case SIGN -> new Formula(name, -3, 3, List.of(vector), x -> x.get(0).sign());
            case SQRT -> formula(name, x -> x.get(0).sqrt(), vector);
            case EXP -> formula(name, x -> x.get(0).exp(), vector);
            case EXPM1 -> formula(name, x -> x.get(0).expm1(), vector);
            case LOG -> formula(name, x -> x.get(0).log(), vector);
            case LOG1P -> formula(name, x -> x.get(0).log1p(), vector);
            case SIN -> formula(name, x -> x.get(0).sin(), vector);
            case COS -> formula(name, x -> x.get(0).cos(), vector);
            case TAN -> new Formula(name, 0.1, 1.3, List.of(vector), x -> x.get(0).tan());
            case ASIN -> new Formula(name, 0.1, 0.9, List.of(vector), x -> x.get(0).asin());
            case ACOS -> new Formula(name, 0.1, 0.9, List.of(vector), x -> x.get(0).acos());
            case ATAN -> new Formula(name, 0.1, 0.9, List.of(vector), x -> x.get(0).atan());
            case SINH -> formula(name, x -> x.get(0).sinh(), vector);
            case COSH -> formula(name, x -> x.get(0).cosh(), vector);
            case TANH -> formula(name, x -> x.get(0).tanh(), vector);
            case ERF -> formula(name, x -> x.get(0).erf(), vector);
            case SIGMOID -> formula(name, x -> x.get(0).sigmoid(), vector);
            case SOFTPLUS -> formula(name, x -> x.get(0).softplus(), vector);
            case FLOOR -> formula(name, x -> x.get(0).floor(), vector);
            case CEIL -> formula(name, x -> x.get(0).ceil(), vector);
            case ROUND -> formula(name, x -> x.get(0).round(), vector);
            case NOT -> formula(name, x -> x.get(0).less(1.5).not().where(x.get(0).exp(), x.get(0).mul(x.get(0))), vector);
        };
    }

    private static Formula of(Binary function) {
        Shape[] vectors = {shape(7), shape(7)};
        String name = function.name();
        return switch (function) {
            case ADD -> formula(name, x -> x.get(0).add(x.get(1)), vectors);
            case SUB -> formula(name, x -> x.get(0).sub(x.get(1)), vectors);
            case MUL -> formula(name, x -> x.get(0).mul(x.get(1)), vectors);
            case DIV -> formula(name, x -> x.get(0).div(x.get(1)), vectors);
            case POW -> formula(name, x -> x.get(0).pow(x.get(1)), vectors);
            case MAX -> formula(name, x -> x.get(0).max(x.get(1)), vectors);
            case MIN -> formula(name, x -> x.get(0).min(x.get(1)), vectors);
            case LESS -> formula(name, x -> chosen(x.get(0).less(x.get(1)), x), vectors);
            case LESS_OR_EQUAL -> formula(name, x -> chosen(x.get(0).lessOrEqual(x.get(1)), x), vectors);
            case EQUAL -> formula(name, x -> chosen(x.get(0).equal(x.get(1)), x), vectors);
            case AND -> formula(name, x -> chosen(x.get(0).less(2).and(x.get(1).less(2)), x), vectors);
            case OR -> formula(name, x -> chosen(x.get(0).less(1).or(x.get(1).less(1)), x), vectors);
        };
    }

    private static Tensor chosen(Tensor mask, List<Expression> x) {
        return mask.where(x.get(0).mul(x.get(1)), x.get(0).exp());
    }

    static Stream<Formula> formulas() {
        List<Formula> all = new ArrayList<>();
        Arrays.stream(Unary.values()).map(PrimitiveDerivativesTest::of).forEach(all::add);
        Arrays.stream(Binary.values()).map(PrimitiveDerivativesTest::of).forEach(all::add);
        for (double exponent : new double[] {-2, -1, -0.5, 0.5, 1, 2, 3, 4, 5}) {
            all.add(formula("power " + exponent, x -> x.get(0).pow(exponent), shape(7)));
        }
        all.add(formula("where", x -> x.get(0).less(1.5).where(x.get(1), x.get(2)), shape(2, 3), shape(3), shape(2, 1)));
        all.add(formula("cast", x -> x.get(0).cast(DType.FLOAT32).cast(DType.FLOAT64), shape(7)));
        all.add(formula("stopGradient", x -> x.get(0).stopGradient().mul(x.get(0)), shape(7)));
        all.add(formula("broadcast", x -> x.get(0).add(x.get(1)).add(x.get(2)).add(x.get(3)),
                shape(2, 4, 3), shape(2, 1, 3), shape(4, 1), shape()));
        all.add(formula("reshape", x -> x.get(0).reshape(3, 8).mul(x.get(1)), shape(2, 4, 3), shape(8)));
        all.add(formula("permute", x -> x.get(0).permute(2, 0, 1).mul(x.get(1)), shape(2, 4, 3), shape(3, 2, 4)));
        for (int[] axes : new int[][] {{}, {0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}}) {
            all.add(formula("sum over " + Arrays.toString(axes), x -> x.get(0).exp().sum(axes), shape(2, 3, 4)));
            all.add(formula("max over " + Arrays.toString(axes), x -> x.get(0).exp().maxOver(axes), shape(2, 3, 4)));
            all.add(formula("min over " + Arrays.toString(axes), x -> x.get(0).minOver(axes), shape(2, 3, 4)));
            all.add(formula("mean over " + Arrays.toString(axes), x -> x.get(0).square().meanKeepingAxes(axes), shape(2, 3, 4)));
        }
        all.add(formula("matmul", x -> x.get(0).matmul(x.get(1)), shape(2, 3), shape(3, 4)));
        all.add(formula("matmul of a transpose", x -> x.get(0).transpose().matmul(x.get(1)), shape(3, 2), shape(3, 4)));
        all.add(formula("matmul by a transpose", x -> x.get(0).matmul(x.get(1).transpose()), shape(2, 3), shape(4, 3)));
        all.add(formula("matmul of transposes", x -> x.get(0).transpose().matmul(x.get(1).transpose()), shape(3, 2), shape(4, 3)));
        all.add(formula("batched matmul", x -> x.get(0).matmul(x.get(1)), shape(5, 2, 3), shape(5, 3, 2)));
        all.add(formula("batched matmul of transposes", x -> x.get(0).transpose().matmul(x.get(1).transpose()), shape(3, 3, 2), shape(3, 4, 3)));
        all.add(formula("matmul over broadcast batches", x -> x.get(0).matmul(x.get(1)), shape(3, 1, 2, 2), shape(2, 2, 3)));
        all.add(formula("matmul of a batch by one matrix", x -> x.get(0).matmul(x.get(1)), shape(3, 2, 3), shape(3, 2)));
        all.add(formula("matmul by itself", x -> x.get(0).matmul(x.get(0)), shape(3, 3)));
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            all.add(formula("slice along " + along, x -> x.get(0).slice(along, 1, 3), shape(4, 3, 5)));
            all.add(formula("pad along " + along, x -> x.get(0).pad(along, 2, 1).add(0.5), shape(2, 3, 2)));
            all.add(formula("concat along " + along, x -> x.get(0).concat(along, List.of(x.get(1), x.get(0))), shape(2, 3, 2), shape(2, 3, 2)));
        }
        all.add(formula("gather with repeated rows", x -> x.get(0).gather(rows(x.get(0), 3, 0, 3, 1)), shape(5, 3)));
        all.add(formula("gather in two axes", x -> x.get(0).gather(rows(x.get(0), 1, 0, 1, 1).reshape(2, 2)), shape(2, 3)));
        all.add(formula("scatterAdd with repeated rows", x -> x.get(0).scatterAdd(rows(x.get(0), 3, 0, 3, 1), 6), shape(4, 3)));
        all.add(formula("argMax", x -> x.get(1).gather(x.get(0).argMax(1)), shape(4, 3), shape(3, 2)));
        all.add(formula("random", x -> x.get(0).graph().uniform(9, shape(7), DType.FLOAT64).mul(x.get(0)), shape(7)));
        all.add(formula("a constant vector", x -> x.get(0).mul(x.get(0).constants(2, -1, 0.5)).square(), shape(2, 3)));
        all.add(formula("unfold", x -> x.get(0).unfold(WINDOW, 0.5).mul(x.get(1)), shape(2, 2, 5, 4), shape(2, 2, 3, 2, 2, 2)));
        all.add(formula("fold", x -> x.get(0).fold(WINDOW, shape(5, 4)).mul(x.get(1)), shape(2, 2, 3, 2, 2, 2), shape(2, 2, 5, 4)));
        all.add(formula("convolution", x -> x.get(0).convolution(x.get(1), WINDOW, 2), shape(2, 4, 5, 4), shape(2, 2, 2, 3)));
        all.add(formula("convolutionTransposed", x -> x.get(0).convolutionTransposed(x.get(1), WINDOW, 2, shape(5, 4)), shape(2, 2, 2, 2), shape(2, 2, 2, 3)));
        all.add(formula("gradient of a convolution's weight", x -> x.get(0).convolutionWeight(x.get(1), WINDOW, 2), shape(2, 4, 5, 4), shape(2, 2, 2, 2)));
        all.add(formula("maxPool", x -> x.get(0).maxPool(new Window(List.of(2, 3), List.of(1, 2), List.of(0, 1), List.of(1, 1))), shape(2, 2, 4, 5)));
        all.add(formula("planeScatterAdd", x -> x.get(0).planeScatterAdd((Expression) rows(x.get(0), 3, 0, 3, 1).reshape(1, 2, 2), shape(5)), shape(1, 2, 2)));
        all.add(formula("softmax", x -> x.get(0).softmax(-1), shape(3, 4)));
        all.add(formula("logSumExp", x -> x.get(0).logSumExpKeepingAxis(0), shape(3, 4)));
        return all.stream();
    }

    /** An INT32 vector of these numbers, made of a range. */
    private static Tensor rows(Expression like, int... numbers) {
        Tensor range = like.range(numbers.length);
        Tensor rows = range.constant(0);
        for (int i = 0; i < numbers.length; i++) {
            rows = range.equal(i).where(range.constant(numbers[i]), rows);
        }
        return rows;
    }

    /** A formula traced at a point: y of the operands, f = sum of w (y + y^2 / 2), its gradient, and the gradient of a weighted sum of that. */
    private static final class Traced {
        final Graph graph = new Graph();
        final List<Expression> operands = new ArrayList<>();
        final Map<Expression, double[]> point = new LinkedHashMap<>();
        final Expression y;
        final Expression f;
        final List<Expression> first;
        final Expression weighted;
        final List<Expression> second;
        final Map<Expression, double[]> held = new LinkedHashMap<>();

        Traced(Formula formula) {
            SplittableRandom random = new SplittableRandom(formula.name().hashCode());
            for (Shape shape : formula.shapes()) {
                Op.LeafKind[] kinds = Op.LeafKind.values();
                Op.LeafKind kind = shape.rank() == 0 ? Op.LeafKind.SCALAR : kinds[operands.size() % 2];
                String name = "x" + operands.size();
                Expression operand = switch (kind) {
                    case INPUT -> graph.input(name, shape, DType.FLOAT64);
                    case VARIABLE -> graph.variable(name, shape, DType.FLOAT64);
                    case SCALAR -> graph.scalar(name, DType.FLOAT64);
                };
                operands.add(operand);
                point.put(operand, random.doubles(shape.size(), formula.low(), formula.high()).toArray());
            }
            y = (Expression) formula.apply().apply(operands);
            Expression w = weights(random, "w", y.shape());
            f = (Expression) w.mul(y.add(y.square().mul(0.5))).sum();
            first = Gradients.of(f, operands);
            Expression sum = null;
            for (Expression gradient : first) {
                Expression part = (Expression) weights(random, "v", gradient.shape()).mul(gradient).sum();
                sum = sum == null ? part : sum.add(part);
            }
            weighted = sum;
            second = Gradients.of(weighted, operands);
            ReferenceEvaluator atPoint = evaluator(point);
            for (Expression node : Graph.reachable(List.of(weighted))) {
                if (node.op() instanceof Op.StopGradient) {
                    held.put(node, atPoint.value(node));
                }
            }
        }

        private Expression weights(SplittableRandom random, String name, Shape shape) {
            Expression weights = graph.input(name, shape, DType.FLOAT64);
            point.put(weights, random.doubles(shape.size(), 0.5, 1.5).toArray());
            return weights;
        }

        private ReferenceEvaluator evaluator(Map<Expression, double[]> values) {
            ReferenceEvaluator evaluator = new ReferenceEvaluator(SEED, RANDOM_STEP);
            values.forEach(evaluator::set);
            held.forEach(evaluator::set);
            return evaluator;
        }

        /** (g(x + h) - g(x - h)) / 2h for every element of every operand; what is taken for constant stays what it is. */
        List<double[]> differences(Expression g) {
            List<double[]> all = new ArrayList<>();
            for (Expression operand : operands) {
                double[] found = new double[(int) operand.shape().size()];
                for (int k = 0; k < found.length; k++) {
                    found[k] = (shifted(g, operand, k, STEP) - shifted(g, operand, k, -STEP)) / (2 * STEP);
                }
                all.add(found);
            }
            return all;
        }

        private double shifted(Expression g, Expression operand, int element, double h) {
            Map<Expression, double[]> values = new LinkedHashMap<>(point);
            double[] moved = point.get(operand).clone();
            moved[element] += h;
            values.put(operand, moved);
            return evaluator(values).value(g)[0];
        }

        List<double[]> byReference(List<Expression> gradients) {
            ReferenceEvaluator evaluator = evaluator(point);
            return gradients.stream().map(evaluator::value).toList();
        }

        List<double[]> compiled(CpuBackend backend, List<Expression> gradients) {
            Program program = backend.compile(Computation.of(gradients));
            point.forEach((leaf, values) -> {
                if (leaf.op() instanceof Op.Leaf(Op.LeafKind kind, _, _) && kind == Op.LeafKind.SCALAR) {
                    program.set(leaf, values[0]);
                } else {
                    program.bind(leaf, values.clone());
                }
            });
            program.random(SEED, RANDOM_STEP);
            program.run();
            List<double[]> found = new ArrayList<>();
            for (int i = 0; i < gradients.size(); i++) {
                found.add(Arrays.copyOf((double[]) program.output(i), (int) gradients.get(i).shape().size()));
            }
            return found;
        }
    }

    private static void assertAgree(List<double[]> expected, List<double[]> got, double tolerance, String who) {
        for (int i = 0; i < expected.size(); i++) {
            for (int k = 0; k < expected.get(i).length; k++) {
                double difference = expected.get(i)[k];
                double exact = got.get(i)[k];
                assertTrue(Math.abs(exact - difference) <= tolerance * Math.max(1, Math.abs(exact)),
                        who + ", operand " + i + ", element " + k + ": " + exact + ", but differences give " + difference);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void firstDerivativesAgreeWithCentralDifferences(Formula formula) {
        Traced traced = new Traced(formula);
        List<double[]> expected = traced.differences(traced.f);
        assertAgree(expected, traced.byReference(traced.first), 1e-6, "reference");
        assertAgree(expected, traced.compiled(vectors, traced.first), 1e-6, vectors.description());
        assertAgree(expected, traced.compiled(plain, traced.first), 1e-6, plain.description());
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void secondDerivativesAgreeWithCentralDifferences(Formula formula) {
        Traced traced = new Traced(formula);
        List<double[]> expected = traced.differences(traced.weighted);
        assertAgree(expected, traced.byReference(traced.second), 1e-4, "reference");
        assertAgree(expected, traced.compiled(vectors, traced.second), 1e-4, vectors.description());
        assertAgree(expected, traced.compiled(plain, traced.second), 1e-4, plain.description());
    }

    @Test
    void everyPrimitiveIsCovered() {
        Set<Class<?>> operations = new LinkedHashSet<>(List.of(Op.class.getPermittedSubclasses()));
        Set<Object> functions = new LinkedHashSet<>(List.of(Unary.values()));
        functions.addAll(List.of(Binary.values()));
        functions.addAll(List.of(Op.Reduction.values()));
        functions.addAll(List.of(Op.LeafKind.values()));
        for (boolean transposeA : new boolean[] {false, true}) {
            functions.add(new Op.MatMul(transposeA, false));
            functions.add(new Op.MatMul(transposeA, true));
        }
        formulas().forEach(formula -> {
            for (Expression node : Graph.reachable(List.of(new Traced(formula).y))) {
                operations.remove(node.op().getClass());
                switch (node.op()) {
                    case Op.Map1(Unary function) -> functions.remove(function);
                    case Op.Map2(Binary function) -> functions.remove(function);
                    case Op.Reduce reduce -> functions.remove(reduce.reduction());
                    case Op.Leaf leaf -> functions.remove(leaf.kind());
                    default -> functions.remove(node.op());
                }
            }
        });
        // These can be differentiated only once, or, being made for updates, not at all, and have tests of their own.
        operations.removeAll(Set.of(Op.Custom.class, Op.CustomGradient.class, Op.SetRows.class));
        assertEquals(Set.of(), operations);
        assertEquals(Set.of(), functions);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void stepFunctionsHaveNoGradient(Unary function) {
        Traced traced = new Traced(of(function));
        for (double[] gradient : traced.byReference(traced.first)) {
            assertTrue(Arrays.stream(gradient).allMatch(value -> value == 0), function + " has the gradient " + Arrays.toString(gradient));
        }
    }

    static Stream<Unary> steps() {
        return Stream.of(Unary.SIGN, Unary.FLOOR, Unary.CEIL, Unary.ROUND);
    }
}
