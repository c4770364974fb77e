package org.thalweg.autodiff.explain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;

/**
 * A function that formulas can call.
 *
 * @param name in formulas
 * @param operands how many it takes
 * @param rule makes the expression
 */
record FormulaFunction(String name, int operands, Rule rule) {
    /** From operands to the result. */
    interface Rule {
        Tensor apply(List<Expression> operands);
    }

    /** All of them, by name. */
    static final Map<String, FormulaFunction> ALL = new TreeMap<>();

    static {
        one("abs", Tensor::abs);
        one("acos", Tensor::acos);
        one("asin", Tensor::asin);
        one("atan", Tensor::atan);
        one("ceil", Tensor::ceil);
        one("cos", Tensor::cos);
        one("cosh", Tensor::cosh);
        one("erf", Tensor::erf);
        one("exp", Tensor::exp);
        one("expm1", Tensor::expm1);
        one("floor", Tensor::floor);
        one("ln", Tensor::log);
        one("log", Tensor::log);
        one("log1p", Tensor::log1p);
        one("relu", Tensor::relu);
        one("round", Tensor::round);
        one("sigmoid", Tensor::sigmoid);
        one("sign", Tensor::sign);
        one("sin", Tensor::sin);
        one("sinh", Tensor::sinh);
        one("softplus", Tensor::softplus);
        one("sqrt", Tensor::sqrt);
        one("square", Tensor::square);
        one("tan", Tensor::tan);
        one("tanh", Tensor::tanh);
        two("max", Tensor::max);
        two("min", Tensor::min);
        two("pow", Tensor::pow);
    }

    private static void one(String name, UnaryOperator<Tensor> rule) {
        ALL.put(name, new FormulaFunction(name, 1, operands -> rule.apply(operands.getFirst())));
    }

    private static void two(String name, BinaryOperator<Tensor> rule) {
        ALL.put(name, new FormulaFunction(name, 2, operands -> rule.apply(operands.getFirst(), operands.getLast())));
    }

    /** How it is written: {@code max(a, b)}. */
    String usage() {
        return name + (operands == 1 ? "(x)" : "(a, b)");
    }
}
