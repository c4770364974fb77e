package org.thalweg.autodiff.explain;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.autodiff.graph.Binary;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.graph.Unary;

/**
 * How people read a node. Constants belong to the operation, as in {@code 1/x}, and are no nodes; a square has one operand; the comparison
 * inside relu is not seen.
 *
 * @param symbol of the operation in a drawing
 * @param operands that are nodes, each once, in order
 * @param roles what the operands are called in the symbol; empty where their order does not matter
 * @param template the formula, with {@code {0}} for the first input of the node
 */
record Reading(String symbol, List<Expression> operands, List<String> roles, String template) {
    static Reading of(Expression node) {
        return switch (node.op()) {
            case Op.Leaf leaf -> leaf(leaf.name());
            case Op.Constant(double value) -> leaf(NumberText.constant(value));
            case Op.Map1(Unary function) when function == Unary.NEG -> plain(node, "×−1", "-{0}");
            case Op.Map1(Unary function) -> function(node, name(function));
            case Op.Map2(Binary function) -> binary(node, function);
            case Op.Where() -> where(node);
            case Op.Reduce reduce -> plain(node, name(reduce.reduction()), name(reduce.reduction()) + "({0}) over " + reduce.axes());
            case Op.MatMul(boolean ta, boolean tb) -> matmul(node, ta, tb);
            case Op.Slice(int axis, int from, int to) -> plain(node, "slice", "{0}[" + from + ":" + to + "] along " + axis);
            default -> function(node, name(node.op()));
        };
    }

    private static Reading leaf(String name) {
        return new Reading(name, List.of(), List.of(), name);
    }

    private static Reading plain(Expression node, String symbol, String template) {
        return new Reading(symbol, visible(node.inputs()), List.of(), template);
    }

    private static Reading function(Expression node, String name) {
        String operands = IntStream.range(0, node.inputs().size()).mapToObj(i -> "{" + i + "}").collect(Collectors.joining(", "));
        return plain(node, name, name + "(" + operands + ")");
    }

    private static Reading binary(Expression node, Binary function) {
        return switch (function) {
            case ADD -> operator(node, "+", "+", false);
            case SUB -> operator(node, "-", "−", true);
            case MUL -> node.input(0) == node.input(1) ? plain(node, "x²", "{0}^2") : operator(node, "*", "×", false);
            case DIV -> operator(node, "/", "/", true);
            case POW -> operator(node, "^", "^", true);
            case LESS -> operator(node, "<", "<", true);
            case LESS_OR_EQUAL -> operator(node, "<=", "≤", true);
            case EQUAL -> operator(node, "==", "=", false);
            case MAX, MIN, AND, OR -> mixed(node, name(function));
        };
    }

    /** An operator between its operands; a constant operand becomes part of its symbol. */
    private static Reading operator(Expression node, String text, String sign, boolean ordered) {
        List<Expression> operands = visible(node.inputs());
        String template = text.equals("^") ? "{0}^{1}" : "{0} " + text + " {1}";
        if (operands.size() == 2) {
            return new Reading(ordered ? "a" + sign + "b" : sign, operands, ordered ? List.of("a", "b") : List.of(), template);
        }
        String left = part(node.input(0));
        String right = part(node.input(1));
        String symbol = !ordered ? sign + (left.equals("x") ? right : left) : left.equals("x") && sign.equals("−") ? sign + right : left + sign + right;
        return new Reading(symbol, operands, List.of(), template);
    }

    /** A function that may have a constant operand. */
    private static Reading mixed(Expression node, String name) {
        List<Expression> operands = visible(node.inputs());
        String symbol = operands.size() == 2 ? name : name + "(" + part(node.input(0)) + ", " + part(node.input(1)) + ")";
        return new Reading(symbol, operands, List.of(), name + "({0}, {1})");
    }

    private static String part(Expression operand) {
        return operand.constantValue().isPresent() ? NumberText.constant(operand.constantValue().getAsDouble()).replace('-', '−') : "x";
    }

    private static Reading where(Expression node) {
        Expression condition = node.input(0);
        boolean relu = condition.op() instanceof Op.Map2(Binary function) && function == Binary.LESS_OR_EQUAL
                && condition.input(0) == node.input(2) && isZero(condition.input(1)) && isZero(node.input(1));
        if (relu) {
            return new Reading("relu", List.of(node.input(2)), List.of(), "relu({2})");
        }
        List<Expression> operands = visible(node.inputs());
        List<String> roles = operands.stream().map(operand -> List.of("if", "then", "else").get(node.inputs().indexOf(operand))).toList();
        return new Reading("where", operands, roles, "where({0}, {1}, {2})");
    }

    private static boolean isZero(Expression node) {
        return node.constantValue().isPresent() && node.constantValue().getAsDouble() == 0;
    }

    private static Reading matmul(Expression node, boolean ta, boolean tb) {
        String a = ta ? "aᵀ" : "a";
        String b = tb ? "bᵀ" : "b";
        List<Expression> operands = visible(node.inputs());
        return new Reading(a + "·" + b, operands, operands.size() == 2 ? List.of("a", "b") : List.of(),
                "matmul({0}" + (ta ? "', " : ", ") + "{1}" + (tb ? "')" : ")"));
    }

    private static List<Expression> visible(List<Expression> inputs) {
        return inputs.stream().filter(input -> input.constantValue().isEmpty()).distinct().toList();
    }

    /** The formula with names for the inputs. */
    String formula(Expression node, Function<Expression, String> names) {
        String formula = template;
        for (int i = 0; i < node.inputs().size(); i++) {
            String place = "{" + i + "}";
            if (formula.contains(place)) {
                OptionalDouble constant = node.input(i).constantValue();
                formula = formula.replace(place, constant.isPresent() ? NumberText.constant(constant.getAsDouble()) : names.apply(node.input(i)));
            }
        }
        return formula;
    }

    private static String name(Enum<?> function) {
        return function.name().toLowerCase(Locale.ROOT);
    }

    private static String name(Op op) {
        String name = op.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
