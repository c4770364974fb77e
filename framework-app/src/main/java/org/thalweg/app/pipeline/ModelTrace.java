package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
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
 * @param outputs what the model made of each column that it was applied to
 * @param judged the columns that the loss compares them with
 * @param lossSum the sum of the loss's elements
 * @param divisor what the sum is divided by for the mean
 * @param loss what is minimised
 */
record ModelTrace(
        Graph graph,
        LayerTrace layers,
        ColumnLeaves columns,
        List<Expression> outputs,
        List<Expression> judged,
        Expression lossSum,
        Expression divisor,
        Expression loss) {
    static final String LOSS_SCOPE = "loss ";

    static ModelTrace of(Plan plan, Variables variables, BatchColumns batch, int rows, boolean training) {
        Graph graph = new Graph();
        ColumnLeaves columns = new ColumnLeaves(graph, batch, rows);
        LayerTrace layers = new LayerTrace(graph, variables, plan.dtype(), training, columns);
        List<Expression> outputs = new ArrayList<>();
        List<Expression> judged = new ArrayList<>();
        Map<String, Tensor> inputs = new HashMap<>();
        plan.modelInputs().forEach((column, input) -> {
            Expression output = layers.apply(plan.model(), columns.leaf(column));
            outputs.add(output);
            inputs.put(input, output);
        });
        for (String name : plan.lossColumns()) {
            judged.add(columns.leaf(name));
            inputs.put(name, judged.getLast());
        }
        return graph.inScope(LOSS_SCOPE + plan.lossName(), () -> {
            Loss.Elements elements = elements(plan, new LossInputs(plan.lossName(), inputs));
            Expression sum = (Expression) elements.values().sum();
            Expression divisor = (Expression) elements.divisor();
            Expression loss = plan.loss().reduction() == Reduction.SUM ? sum : sum.div(divisor);
            return new ModelTrace(graph, layers, columns, outputs, judged, sum, divisor, loss);
        });
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

    /** What the model made of the first column that it was applied to. */
    Expression prediction() {
        return outputs.getFirst();
    }

    /** Gives a program of this trace the arrays of the batch and of the model's variables. */
    void bind(Program program) {
        columns.bind(program);
        layers.leaves().forEach((leaf, variable) -> program.bind(leaf, variable.array()));
    }

    /** The same, but with the parameters as they are judged. */
    void bindEvaluated(Program program, Variables variables) {
        columns.bind(program);
        layers.leaves().forEach((leaf, variable) -> program.bind(leaf, variables.evaluated(variable).array()));
    }

    /** Where a node comes from, in the user's words. */
    String place(Expression node) {
        String origin = node.origin();
        return origin.startsWith(LOSS_SCOPE) || origin.startsWith(OptimizerTrace.SCOPE) ? "the " + origin : layers.place(origin);
    }
}
