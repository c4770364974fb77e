package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.tensor.DType;
import org.thalweg.app.pipeline.BatchColumns.BatchColumn;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;

/**
 * Why a loss or a gradient was not finite.
 *
 * @param sentence what is not finite, and the operation, parameter or column that made it so
 * @param row the row of the batch whose data is at fault; -1 where the computation is
 */
record Divergence(String sentence, int row) {
    private static final String REMEDY = "lower the learning rate or clip the gradient";

    boolean isInData() {
        return row >= 0;
    }

    /**
     * Computes a step again with the reference evaluator, from the same arrays, and looks for the first operation that went wrong.
     *
     * @param totals what the batches of the step add up to
     * @param sums arrays behind what the batches before this one added up to
     */
    static Divergence find(
            ModelTrace model, Map<String, Expression> gradients, List<Expression> totals, Map<Expression, Variable> sums, long seed, long step) {
        Map<Expression, String> roots = new LinkedHashMap<>(Map.of(model.loss(), "the loss"));
        gradients.forEach((path, gradient) -> roots.putIfAbsent(gradient, "the gradient of parameter '" + path + "'"));
        totals.forEach(total -> roots.putIfAbsent(total, "what the batches of the step add up to"));
        Replay replay = Replay.of(model, new ArrayList<>(roots.keySet()), sums, seed, step);
        for (Map.Entry<Expression, String> root : roots.entrySet()) {
            if (replay.firstBad(root.getKey()) >= 0) {
                return because(model, replay, root.getValue(), replay.cause(root.getKey()));
            }
        }
        Expression largest = replay.largest(List.copyOf(roots.keySet()));
        return computation("the loss or a gradient is not finite in " + largest.dtype() + " arithmetic: the largest value is "
                + replay.extreme(largest) + ", of " + operation(model, largest), model);
    }

    private static Divergence because(ModelTrace model, Replay replay, String what, Replay.Cause cause) {
        Expression node = cause.node();
        double value = replay.value(node)[replay.firstBad(node)];
        String problem = what + " is not finite: ";
        BatchColumn column = model.columns().asked().get(node);
        if (column != null) {
            int row = replay.firstBad(node) / rowSize(node);
            return new Divergence(problem + "column '" + column.name() + "' holds " + value, row);
        }
        if (node.op() instanceof Op.Constant) {
            return rejected(model, replay, problem, cause);
        }
        if (node.op() instanceof Op.Leaf leaf) {
            String kind = model.layers().parameters().containsValue(node) ? "parameter" : "state tensor";
            return new Divergence(problem + kind + " '" + leaf.name() + "' holds " + value + " before the step; " + REMEDY, -1);
        }
        return computation(problem + operation(model, node) + " gave " + value, model);
    }

    /** A formula that chooses a constant that is not finite cannot judge a row: cross-entropy says so of a class that does not exist. */
    private static Divergence rejected(ModelTrace model, Replay replay, String problem, Replay.Cause cause) {
        Expression judged = cause.chosenBy();
        int rows = model.prediction().shape().extent(0);
        boolean byRow = judged.shape().rank() > 0 && judged.shape().extent(0) == rows;
        int row = byRow ? replay.firstBad(judged) / rowSize(judged) : -1;
        for (Expression leaf : model.judged()) {
            if (row >= 0 && isClassNumber(leaf, model.prediction())) {
                BatchColumn column = model.columns().asked().get(leaf);
                int classes = model.prediction().shape().extent(1);
                int size = rowSize(leaf);
                for (int i = row * size; i < (row + 1) * size; i++) {
                    int number = ((int[]) column.array())[i];
                    if (number < 0 || number >= classes) {
                        return new Divergence("column '" + column.name() + "' holds the class number " + number
                                + ", but the model tells the classes 0 to " + (classes - 1) + " apart", row);
                    }
                }
            }
        }
        return computation(problem + model.place(judged) + " rejects " + (row < 0 ? "its input" : "row " + row + " of the batch"), model);
    }

    private static boolean isClassNumber(Expression column, Expression prediction) {
        return column.dtype() == DType.INT32 && prediction.shape().rank() > 1
                && column.shape().equals(prediction.shape().without(1));
    }

    private static int rowSize(Expression node) {
        return (int) Math.max(1, node.shape().without(0).size());
    }

    private static Divergence computation(String sentence, ModelTrace model) {
        String largest = "";
        double size = -1;
        for (String path : model.layers().parameters().keySet()) {
            for (double number : model.layers().leaves().get(model.layers().parameters().get(path)).toDoubles()) {
                if (Math.abs(number) > size) {
                    size = Math.abs(number);
                    largest = path;
                }
            }
        }
        return new Divergence(sentence + "; the largest number is in parameter '" + largest + "', " + (float) size + "; " + REMEDY, -1);
    }

    /** As in {@code 'log' of layer 3 (dense)}. */
    private static String operation(ModelTrace model, Expression node) {
        String described = node.toString();
        return "'" + described.substring(0, described.indexOf(" " + node.dtype())) + "' of " + model.place(node);
    }
}
