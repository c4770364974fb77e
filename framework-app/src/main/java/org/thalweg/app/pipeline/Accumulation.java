package org.thalweg.app.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.compile.ElementArrays;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.app.pipeline.LocatedShapeException.Part;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/**
 * What a step of several batches adds up, kept from batch to batch: the gradients of the loss's sum, and what the mean divides by, apart, so
 * that batches of unequal size or weight count as they would in one large batch. All of it is 0 between steps, so no checkpoint needs it.
 */
final class Accumulation {
    private final Plan plan;
    private final Map<String, Variable> sums = new LinkedHashMap<>();

    Accumulation(Plan plan) {
        this.plan = plan;
    }

    /**
     * The sums in a graph.
     *
     * @param before arrays behind the sums of the batches before this one
     * @param after the sums with this batch
     * @param gradients what the optimizer is given once all batches are in, by the parameter's path
     */
    record Traced(Map<Expression, Variable> before, Map<Expression, Expression> after, Map<String, Expression> gradients) {
        /** The sums, ready for the next step. */
        Map<Expression, Expression> cleared() {
            Map<Expression, Expression> cleared = new LinkedHashMap<>();
            before.keySet().forEach(sum -> cleared.put(sum, (Expression) sum.zerosLike()));
            return cleared;
        }
    }

    /**
     * Adds a batch.
     *
     * @param gradients of the loss's sum, by the parameter's path
     */
    Traced trace(ModelTrace model, Map<String, Expression> gradients) {
        requireConstantDivisor(model);
        return model.graph().inScope(ModelTrace.LOSS_SCOPE + plan.lossName(), () -> added(model, gradients));
    }

    private Traced added(ModelTrace model, Map<String, Expression> gradients) {
        Map<Expression, Variable> before = new LinkedHashMap<>();
        Map<Expression, Expression> after = new LinkedHashMap<>();
        Expression divisor = add("the loss's divisor", model.divisor(), model.graph(), before, after);
        Map<String, Expression> totals = new LinkedHashMap<>();
        gradients.forEach((path, gradient) -> {
            Expression total = add("the gradient of '" + path + "'", gradient, model.graph(), before, after);
            totals.put(path, plan.loss().reduction() == Reduction.SUM ? total : total.div(divisor));
        });
        return new Traced(before, after, totals);
    }

    private Expression add(String name, Expression part, Graph graph, Map<Expression, Variable> before, Map<Expression, Expression> after) {
        Variable variable = sums.computeIfAbsent(name, absent -> zeros(name, part.shape(), part.dtype()));
        Expression sum = graph.variable(name + " over the batches of the step", part.shape(), part.dtype());
        Expression total = sum.add(part);
        before.put(sum, variable);
        after.put(sum, total);
        return total;
    }

    private static Variable zeros(String name, Shape shape, DType dtype) {
        return new Variable(name, shape, dtype, ElementArrays.of(dtype, Variables.filled(shape, 0)));
    }

    /** Otherwise the gradient of the whole would not be that of the sum over the divisor. */
    private void requireConstantDivisor(ModelTrace model) {
        for (Expression node : Graph.reachable(List.of(model.divisor()))) {
            if (plan.loss().reduction() != Reduction.SUM && model.layers().parameters().containsValue(node)) {
                throw new LocatedShapeException(Part.LOSS, "", plan.lossName() + ": what its mean divides by depends on the parameters, so its gradients"
                        + " cannot be added up over batches: accumulate 1 batch, or set reduction to sum");
            }
        }
    }
}
