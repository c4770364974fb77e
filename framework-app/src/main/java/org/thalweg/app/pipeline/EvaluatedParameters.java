package org.thalweg.app.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.optim.State;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/**
 * What is judged and saved instead of the trained parameters, where the optimizer says so: an average over the steps, for one. Worked out at
 * the end of an epoch, not in the steps.
 */
final class EvaluatedParameters {
    private final Graph graph = new Graph();
    private final Map<Expression, Variable> leaves = new LinkedHashMap<>();
    private final Map<String, Expression> values = new LinkedHashMap<>();
    private final Variables variables;

    /** Asks the optimizers about every parameter that is trained; their state must be there too. */
    EvaluatedParameters(Plan plan, Variables variables) {
        this.variables = variables;
        ParameterGroups groups = plan.parameterGroups();
        groups.trained(variables.parameters()).forEach((path, parameter) -> {
            Expression leaf = leaf(parameter);
            Map<String, Expression> known = new LinkedHashMap<>();
            State state = (name, initial) -> known.computeIfAbsent(name, absent -> leaf(variables.optimizerState(path + "/" + name)));
            Tensor evaluated = groups.optimizer(path).orElseThrow().evaluated(leaf, state);
            if (evaluated != leaf) {
                values.put(path, (Expression) evaluated);
            }
        });
    }

    private Expression leaf(Variable variable) {
        Expression leaf = graph.variable(variable.name(), variable.shape(), variable.dtype());
        leaves.put(leaf, variable);
        return leaf;
    }

    /** Computes them from the parameters and the optimizer's state as they are now. */
    void refresh() {
        if (values.isEmpty()) {
            return;
        }
        ReferenceEvaluator evaluator = new ReferenceEvaluator();
        leaves.forEach((leaf, variable) -> evaluator.set(leaf, variable.toDoubles()));
        values.forEach((path, value) -> variables.setEvaluated(path, evaluator.value(value)));
    }
}
