package org.thalweg.autodiff.explain;

import java.util.List;
import java.util.Optional;
import org.thalweg.autodiff.graph.Expression;

/**
 * A node as it is drawn.
 *
 * @param expression the node of the graph
 * @param name of a leaf, or the letter that the explanation gives it
 * @param symbol of its operation, as {@code +} or {@code 1/x}; a leaf's name
 * @param formula from the names of its inputs; a leaf's name
 * @param inputs the edges that lead to it
 * @param value of its elements, row-major
 * @param gradient of the result by each element; empty for integers and truth values
 */
public record ExplainedNode(
        Expression expression, String name, String symbol, String formula, List<Edge> inputs, double[] value, Optional<double[]> gradient) {
    /**
     * What one node gives to another.
     *
     * @param from the position of the giving node in the explanation
     * @param role what the receiving operation calls it, as {@code a} in {@code a-b}; mostly empty
     * @param gradient what flows back along this edge; the gradient of a node is the sum over the edges that leave it
     */
    public record Edge(int from, String role, Optional<double[]> gradient) {}

    /** Whether it is given, not computed. */
    public boolean isLeaf() {
        return inputs.isEmpty();
    }

    String valueText(int elements) {
        return NumberText.of(expression.shape(), value, elements);
    }

    String gradientText(int elements) {
        return gradient.map(numbers -> NumberText.of(expression.shape(), numbers, elements)).orElse("");
    }
}
