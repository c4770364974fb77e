package org.thalweg.autodiff.gradient;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** Values, first and second derivatives against the forward-mode differentiation of Commons Math. */
class DerivativeStructureTest {
    private static final int POINTS = 33;

    private static CpuBackend backend;

    @BeforeAll
    static void open() {
        backend = new CpuBackend(1);
    }

    @AfterAll
    static void close() {
        backend.close();
    }

    /** One function of x, or of x and y, written for both. */
    private record Function(
            String name, double low, double high, BinaryOperator<Tensor> ours, BinaryOperator<DerivativeStructure> theirs) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Function one(String name, double low, double high, UnaryOperator<Tensor> ours, UnaryOperator<DerivativeStructure> theirs) {
        return new Function(name, low, high, (x, y) -> ours.apply(x), (x, y) -> theirs.apply(x));
    }

    private static Function two(String name, BinaryOperator<Tensor> ours, BinaryOperator<DerivativeStructure> theirs) {
        return new Function(name, 0.2, 2.5, ours, theirs);
    }

    static Stream<Function> functions() {
        return Stream.of(
                one("exp", -3, 3, Tensor::exp, DerivativeStructure::exp),
                one("expm1", -3, 3, Tensor::expm1, DerivativeStructure::expm1),
                one("log", 0.05, 5, Tensor::log, DerivativeStructure::log),
                one("log1p", -0.9, 5, Tensor::log1p, DerivativeStructure::log1p),
                one("sin", -6, 6, Tensor::sin, DerivativeStructure::sin),
                one("cos", -6, 6, Tensor::cos, DerivativeStructure::cos),
                one("tan", -1.4, 1.4, Tensor::tan, DerivativeStructure::tan),
                one("asin", -0.95, 0.95, Tensor::asin, DerivativeStructure::asin),
                one("acos", -0.95, 0.95, Tensor::acos, DerivativeStructure::acos),
                one("atan", -4, 4, Tensor::atan, DerivativeStructure::atan),
                one("sinh", -3, 3, Tensor::sinh, DerivativeStructure::sinh),
                one("cosh", -3, 3, Tensor::cosh, DerivativeStructure::cosh),
                one("tanh", -3, 3, Tensor::tanh, DerivativeStructure::tanh),
                one("sqrt", 0.05, 5, Tensor::sqrt, DerivativeStructure::sqrt),
                one("abs", -3, 3, Tensor::abs, DerivativeStructure::abs),
                one("negate", -3, 3, Tensor::neg, DerivativeStructure::negate),
                one("reciprocal", 0.2, 3, Tensor::reciprocal, DerivativeStructure::reciprocal),
                one("signum", -3, 3, Tensor::sign, DerivativeStructure::signum),
                one("floor", -3, 3, Tensor::floor, DerivativeStructure::floor),
                one("ceil", -3, 3, Tensor::ceil, DerivativeStructure::ceil),
                one("rint", -3, 3, Tensor::round, DerivativeStructure::rint),
                one("cbrt", 0.1, 3, x -> x.pow(1.0 / 3), DerivativeStructure::cbrt),
                one("pow 2.7", 0.1, 3, x -> x.pow(2.7), x -> x.pow(2.7)),
                one("pow -1.3", 0.1, 3, x -> x.pow(-1.3), x -> x.pow(-1.3)),
                one("pow 3", -3, 3, x -> x.pow(3), x -> x.pow(3)),
                one("pow 4", -3, 3, x -> x.pow(4), x -> x.pow(4)),
                one("pow -2", 0.2, 3, x -> x.pow(-2), x -> x.pow(-2)),
                one("log10", 0.1, 9, x -> x.log().div(Math.log(10)), DerivativeStructure::log10),
                one("exp of -x^2", -2, 2, x -> x.square().neg().exp(), x -> x.multiply(x).negate().exp()),
                one("sin of exp", -1, 1, x -> x.exp().sin(), x -> x.exp().sin()),
                one("sigmoid", -4, 4, Tensor::sigmoid, x -> x.negate().exp().add(1).reciprocal()),
                one("softplus", -4, 4, Tensor::softplus, x -> x.exp().log1p()),
                two("add", Tensor::add, DerivativeStructure::add),
                two("sub", Tensor::sub, DerivativeStructure::subtract),
                two("mul", Tensor::mul, DerivativeStructure::multiply),
                two("div", Tensor::div, DerivativeStructure::divide),
                two("pow", Tensor::pow, DerivativeStructure::pow),
                two("hypot", (x, y) -> x.square().add(y.square()).sqrt(), (x, y) -> DerivativeStructure.hypot(x, y)),
                two("atan of a quotient", (x, y) -> y.div(x).atan(), (x, y) -> y.divide(x).atan()),
                two("a quotient of sums and products", (x, y) -> x.mul(y).add(x).div(x.sub(y.mul(4)).square().add(1)),
                        (x, y) -> x.multiply(y).add(x).divide(x.subtract(y.multiply(4)).pow(2).add(1))),
                two("tanh of a product times a logarithm", (x, y) -> x.mul(y).tanh().mul(x.add(y).log()),
                        (x, y) -> x.multiply(y).tanh().multiply(x.add(y).log())),
                two("cosh over sinh", (x, y) -> x.cosh().div(y.sinh()), (x, y) -> x.cosh().divide(y.sinh())));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void valuesAndFirstAndSecondDerivativesAgreeWithCommonsMath(Function function) {
        Graph graph = new Graph();
        Expression x = graph.input("x", Shape.of(POINTS), DType.FLOAT64);
        Expression y = graph.input("y", Shape.of(POINTS), DType.FLOAT64);
        SplittableRandom random = new SplittableRandom(function.name().hashCode());
        double[] xs = random.doubles(POINTS, function.low(), function.high()).toArray();
        double[] ys = random.doubles(POINTS, function.low(), function.high()).toArray();
        Expression value = (Expression) function.ours().apply(x, y);
        List<Expression> first = Gradients.of((Expression) value.sum(), List.of(x, y));
        List<Expression> byX = Gradients.of((Expression) first.get(0).sum(), List.of(x, y));
        List<Expression> byY = Gradients.of((Expression) first.get(1).sum(), List.of(x, y));
        List<Expression> all = List.of(value, first.get(0), first.get(1), byX.get(0), byX.get(1), byY.get(0), byY.get(1));
        int[][] orders = {{0, 0}, {1, 0}, {0, 1}, {2, 0}, {1, 1}, {1, 1}, {0, 2}};
        ReferenceEvaluator reference = new ReferenceEvaluator();
        reference.set(x, xs);
        reference.set(y, ys);
        Program program = backend.compile(Computation.of(all));
        program.bind(x, xs.clone());
        program.bind(y, ys.clone());
        program.run();

        for (int i = 0; i < POINTS; i++) {
            DerivativeStructure expected = function.theirs().apply(
                    new DerivativeStructure(2, 2, 0, xs[i]), new DerivativeStructure(2, 2, 1, ys[i]));
            for (int k = 0; k < orders.length; k++) {
                String where = Arrays.toString(orders[k]) + " at " + xs[i] + ", " + ys[i];
                double wanted = expected.getPartialDerivative(orders[k]);
                assertClose(wanted, reference.value(all.get(k))[i], "reference, order " + where);
                assertClose(wanted, ((double[]) program.output(k))[i], "compiled, order " + where);
            }
        }
    }

    private static void assertClose(double expected, double got, String where) {
        assertTrue(Math.abs(got - expected) <= 1e-10 * Math.abs(expected) + 1e-15, where + ": " + got + " instead of " + expected);
    }
}
