package org.thalweg.app.pipeline;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.data.Column;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.app.pipeline.BatchColumns.BatchColumn;
import org.thalweg.app.pipeline.LocatedShapeException.Part;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/**
 * The model and its loss as expressions, for one number of rows and one mode.
 *
 * @param graph that owns them
 * @param layers what the model's layers asked for
 * @param columns the data's columns, as leaves
 * @param prediction the model's output
 * @param lossSum the sum of the loss's elements
 * @param divisor what the sum is divided by for the mean
 * @param loss what is minimised
 */
record ModelTrace(
        Graph graph,
        LayerTrace layers,
        Map<Expression, BatchColumn> columns,
        Expression prediction,
        Expression lossSum,
        Expression divisor,
        Expression loss) {
    static final String LOSS_SCOPE = "loss ";

    static ModelTrace of(Plan plan, Variables variables, BatchColumns batch, int rows, boolean training) {
        Graph graph = new Graph();
        Map<Expression, BatchColumn> columns = new LinkedHashMap<>();
        for (BatchColumn column : batch.all()) {
            columns.put(graph.input(column.name(), column.shape(rows), column.dtype()), column);
        }
        LayerTrace layers = new LayerTrace(graph, variables, plan.dtype(), training);
        Expression prediction = layers.apply(plan.model(), leaf(columns, Column.INPUT));
        return graph.inScope(LOSS_SCOPE + plan.lossName(), () -> {
            Loss.Elements elements = elements(plan, inputs(plan, prediction, columns));
            Expression sum = (Expression) elements.values().sum();
            Expression divisor = (Expression) elements.divisor();
            Expression loss = plan.loss().reduction() == Reduction.SUM ? sum : sum.div(divisor);
            return new ModelTrace(graph, layers, columns, prediction, sum, divisor, loss);
        });
    }

    private static LossInputs inputs(Plan plan, Expression prediction, Map<Expression, BatchColumn> columns) {
        List<String> names = plan.loss().inputs();
        Map<String, Tensor> tensors = new HashMap<>();
        tensors.put(names.getFirst(), prediction);
        for (String name : names.subList(1, names.size())) {
            tensors.put(name, leaf(columns, name));
        }
        return new LossInputs(plan.lossName(), tensors);
    }

    private static Loss.Elements elements(Plan plan, LossInputs inputs) {
        try {
            Loss.Elements elements = plan.loss().elements(inputs);
            requireNumbers(plan, elements);
            return elements;
        } catch (ShapeException problem) {
            throw new LocatedShapeException(Part.LOSS, "", problem.getMessage(), problem);
        }
    }

    private static void requireNumbers(Plan plan, Loss.Elements elements) {
        Tensor values = elements.values();
        Tensor divisor = elements.divisor();
        if (values.dtype() != plan.dtype() || divisor.dtype() != plan.dtype() || divisor.shape().rank() != 0) {
            throw new ShapeException(plan.lossName() + ": the elements must be " + plan.dtype() + " and the divisor a scalar of the same type, "
                    + "but they are " + values.dtype() + values.shape() + " and " + divisor.dtype() + divisor.shape());
        }
    }

    /** The leaf of a column that the plan needs. */
    Expression column(String name) {
        return leaf(columns, name);
    }

    private static Expression leaf(Map<Expression, BatchColumn> columns, String name) {
        return columns.entrySet().stream().filter(entry -> entry.getValue().name().equals(name)).findFirst().orElseThrow().getKey();
    }

    /** Gives a program of this trace the arrays of the batch and of the model's variables. */
    void bind(Program program) {
        columns.forEach((leaf, column) -> program.bind(leaf, column.array()));
        layers.leaves().forEach((leaf, variable) -> program.bind(leaf, variable.array()));
    }

    /** The same, but with the parameters as they are judged. */
    void bindEvaluated(Program program, Variables variables) {
        columns.forEach((leaf, column) -> program.bind(leaf, column.array()));
        layers.leaves().forEach((leaf, variable) -> program.bind(leaf, variables.evaluated(variable).array()));
    }

    /** Where a node comes from, in the user's words. */
    String place(Expression node) {
        String origin = node.origin();
        return origin.startsWith(LOSS_SCOPE) || origin.startsWith(OptimizerTrace.SCOPE) ? "the " + origin : layers.place(origin);
    }
}
