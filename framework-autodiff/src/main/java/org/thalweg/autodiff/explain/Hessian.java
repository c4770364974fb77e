package org.thalweg.autodiff.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/**
 * The matrix of second derivatives.
 *
 * @param names of rows and columns: leaves, or elements of them as {@code w[2]} by their row-major position
 * @param values symmetric
 */
public record Hessian(List<String> names, double[][] values) {
    static Hessian of(Expression output, List<ExplainedNode> leaves, Map<Expression, double[]> at) {
        List<ExplainedNode> moved = leaves.stream().filter(leaf -> leaf.expression().dtype().isFloating()).toList();
        List<Expression> variables = moved.stream().map(ExplainedNode::expression).toList();
        List<Expression> gradients = Gradients.of(output, (Expression) output.onesLike(), variables);
        List<String> names = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < moved.size(); i++) {
            Expression gradient = gradients.get(i);
            Expression direction = output.graph().input("direction", gradient.shape(), gradient.dtype());
            List<Expression> second = Gradients.of(gradient, direction, variables);
            int size = (int) gradient.shape().size();
            for (int k = 0; k < size; k++) {
                names.add(moved.get(i).name() + (gradient.shape().rank() == 0 ? "" : "[" + k + "]"));
                rows.add(row(second, direction, k, at));
            }
        }
        return new Hessian(names, rows.toArray(double[][]::new));
    }

    private static double[] row(List<Expression> second, Expression direction, int element, Map<Expression, double[]> at) {
        ReferenceEvaluator evaluator = new ReferenceEvaluator();
        at.forEach(evaluator::set);
        double[] unit = new double[(int) direction.shape().size()];
        unit[element] = 1;
        evaluator.set(direction, unit);
        return second.stream().map(evaluator::value).flatMapToDouble(java.util.Arrays::stream).toArray();
    }

    /** A table with the names at its top and left. */
    public String text() {
        int left = names.stream().mapToInt(String::length).max().orElse(0);
        int[] widths = IntStream.range(0, names.size())
                .map(j -> Math.max(names.get(j).length(), IntStream.range(0, names.size()).map(i -> NumberText.of(values[i][j]).length()).max().orElse(0)))
                .toArray();
        StringBuilder text = new StringBuilder(" ".repeat(left));
        IntStream.range(0, names.size()).forEach(j -> text.append("  ").append(padded(names.get(j), widths[j])));
        text.append('\n');
        for (int i = 0; i < names.size(); i++) {
            text.append(names.get(i)).append(" ".repeat(left - names.get(i).length()));
            for (int j = 0; j < names.size(); j++) {
                text.append("  ").append(padded(NumberText.of(values[i][j]), widths[j]));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String padded(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }
}
