package org.thalweg.app.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;

/**
 * The rows of a table that a batch picked by number, one for each pick.
 *
 * @param table the parameter
 * @param indices numbers of the rows
 * @param values the rows
 * @param gradient of each row: the sum over all picks of it
 */
record TableRows(Expression table, Expression indices, Expression values, Expression gradient) {
    /** Whether a gradient is nothing but rows that are added where numbers say. */
    static boolean isGradientOfTable(Tensor gradient) {
        return ((Expression) gradient).op() instanceof Op.ScatterAdd;
    }

    static TableRows of(Expression table, Tensor gradient) {
        Expression parts = ((Expression) gradient).input(0);
        Expression indices = ((Expression) gradient).input(1);
        return new TableRows(table, indices, table.gather(indices), parts.custom(new SummedRows(), List.of(indices)));
    }

    /** The rows of a tensor that belongs to the table, row by row. */
    Expression rows(Expression tensor) {
        return tensor.gather(indices);
    }

    /** A tensor that belongs to the table, with new rows. */
    Expression with(Expression tensor, Tensor rows) {
        return tensor.withRows(indices, rows);
    }

    /** What is computed from picked rows must not mix them: another batch picks others. */
    void requireElementWise(String optimizer, List<Expression> results, Set<Expression> given) {
        Deque<Expression> open = new ArrayDeque<>(results);
        Set<Expression> seen = new HashSet<>(given);
        while (!open.isEmpty()) {
            Expression node = open.pop();
            if (seen.add(node)) {
                boolean elementWise = switch (node.op()) {
                    case Op.Map1 map -> true;
                    case Op.Map2 map -> true;
                    case Op.Where where -> true;
                    case Op.Cast cast -> true;
                    case Op.Constant constant -> true;
                    case Op.Leaf leaf -> node.shape().rank() == 0;
                    case Op.Broadcast broadcast -> node.input(0).shape().rank() == 0;
                    default -> false;
                };
                if (!elementWise) {
                    throw new ShapeException(optimizer + ": does not compute element by element, so it cannot change single rows of a table: " + node);
                }
                open.addAll(node.inputs());
            }
        }
    }
}
