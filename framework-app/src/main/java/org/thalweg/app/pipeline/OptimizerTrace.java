package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.app.pipeline.LocatedShapeException.Part;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** Traces gradient transforms and the optimizer on top of the gradients. */
final class OptimizerTrace {
    static final String SCOPE = "optimizer ";

    private final Plan plan;
    private final ModelTrace model;
    private final Variables variables;
    private final ParameterGroups groups;
    private final Map<Expression, Variable> leaves = new LinkedHashMap<>();
    private final Map<Expression, Expression> updates = new LinkedHashMap<>();

    OptimizerTrace(Plan plan, ModelTrace model, Variables variables) {
        this.plan = plan;
        this.model = model;
        this.variables = variables;
        this.groups = plan.parameterGroups();
    }

    /**
     * The next value of every parameter that is trained, and of whatever its optimizer keeps.
     *
     * @param gradients of those parameters, by path
     */
    Map<Expression, Expression> updates(Map<String, Expression> gradients, StepScalars scalars) {
        try {
            return model.graph().inScope(SCOPE + SpokenName.of(plan.optimizer(), "optimizer"), () -> trace(gradients, scalars));
        } catch (ShapeException problem) {
            throw new LocatedShapeException(Part.OPTIMIZER, "", problem.getMessage(), problem);
        }
    }

    private Map<Expression, Expression> trace(Map<String, Expression> gradients, StepScalars scalars) {
        Map<String, Expression> trained = groups.trained(model.layers().parameters());
        Map<String, Tensor> parameters = new LinkedHashMap<>(trained);
        List<Step> steps = IntStream.range(0, plan.gradientTransforms().size()).mapToObj(scalars::forTransform).toList();
        Map<String, Tensor> transformed = new LinkedHashMap<>(gradients);
        for (int i = 0; i < steps.size(); i++) {
            transformed = transformed(plan.gradientTransforms().get(i), transformed, parameters, steps.get(i));
        }
        for (Map.Entry<String, Expression> parameter : trained.entrySet()) {
            String path = parameter.getKey();
            requireRows(path, gradients.get(path), transformed.get(path));
            update(groups.optimizer(path).orElseThrow(), path, parameter.getValue(), transformed.get(path), scalars.forParameter(path));
        }
        finish(parameters, steps);
        return updates;
    }

    private void requireRows(String path, Tensor gradient, Tensor transformed) {
        boolean sparse = groups.optimizer(path).orElseThrow().rowSparse() && TableRows.isGradientOfTable(gradient);
        if (sparse && !TableRows.isGradientOfTable(transformed)) {
            throw new ShapeException("a gradient transform changes every row of the gradient of '" + path + "', whose optimizer changes single rows: take another "
                    + "optimizer for it, or keep the transform off it");
        }
    }

    /** Lets the transforms have their say on the next parameters. */
    private void finish(Map<String, Tensor> parameters, List<Step> steps) {
        Map<String, Tensor> next = new LinkedHashMap<>();
        parameters.forEach((path, parameter) -> next.put(path, updates.get((Expression) parameter)));
        Map<String, Tensor> finished = next;
        for (int i = 0; i < steps.size(); i++) {
            GradientTransform transform = plan.gradientTransforms().get(i);
            String who = SpokenName.of(transform, "the gradient transform");
            finished = transform.afterUpdate(Collections.unmodifiableMap(finished), Collections.unmodifiableMap(parameters), steps.get(i));
            requirePaths(who, "next parameters", finished, parameters);
        }
        finished.forEach((path, value) -> updates.put((Expression) parameters.get(path), (Expression) value));
    }

    private static void requirePaths(String who, String what, Map<String, Tensor> result, Map<String, Tensor> parameters) {
        if (!result.keySet().equals(parameters.keySet())) {
            throw new ShapeException(who + ": was given " + what + " of " + parameters.keySet() + ", but returned those of " + result.keySet());
        }
        result.forEach((path, value) -> requireLike(who + ": one of the " + what + ", that of '" + path + "',", value, parameters.get(path)));
    }

    /** The arrays behind what the optimizer keeps. */
    Map<Expression, Variable> leaves() {
        return leaves;
    }

    private static Map<String, Tensor> transformed(
            GradientTransform transform, Map<String, Tensor> gradients, Map<String, Tensor> parameters, Step step) {
        Map<String, Tensor> result = transform.apply(Collections.unmodifiableMap(gradients), Collections.unmodifiableMap(parameters), step);
        String who = SpokenName.of(transform, "the gradient transform");
        if (!result.keySet().equals(gradients.keySet())) {
            throw new ShapeException(who + ": was given gradients of " + gradients.keySet() + ", but returned those of " + result.keySet());
        }
        result.forEach((path, gradient) -> requireLike(who + ": the gradient of '" + path + "'", gradient, parameters.get(path)));
        return result;
    }

    private void update(Optimizer optimizer, String path, Expression parameter, Tensor gradient, Step step) {
        ParameterState state = new ParameterState(SpokenName.of(optimizer, "optimizer"), path, parameter);
        if (optimizer.rowSparse() && TableRows.isGradientOfTable(gradient)) {
            updateRows(optimizer, state, TableRows.of(parameter, gradient), step);
            return;
        }
        Update update = optimizer.update(parameter, gradient, state, step);
        requireLike(state.optimizer + ": the next value of '" + path + "'", update.parameter(), parameter);
        updates.put(parameter, (Expression) update.parameter());
        update.state().forEach((key, value) -> {
            Expression variable = state.known(key);
            requireLike(state.optimizer + ": the next value of '" + path + "/" + key + "'", value, variable);
            updates.put(variable, (Expression) value);
        });
    }

    /** The optimizer sees the rows as if they were the parameter; what it keeps has rows too. */
    private void updateRows(Optimizer optimizer, ParameterState state, TableRows rows, Step step) {
        Set<Expression> given = new HashSet<>(List.of(rows.values(), rows.gradient()));
        Update update = optimizer.update(rows.values(), rows.gradient(), (key, initial) -> {
            Expression first = (Expression) initial;
            boolean byRow = initial.shape().equals(rows.values().shape());
            Expression whole = !byRow ? first : first == rows.values() ? rows.table()
                    : rows.table().constant(first.constantValue().orElseThrow(() -> new IllegalArgumentException(state.optimizer + ": the initial value of '"
                            + state.path + "/" + key + "' must be a constant or the parameter"))).broadcastTo(rows.table().shape());
            Expression kept = (Expression) state.get(key, whole);
            Expression seen = byRow ? rows.rows(kept) : kept;
            given.add(seen);
            return seen;
        }, step);
        List<Expression> results = new ArrayList<>(List.of((Expression) update.parameter()));
        requireLike(state.optimizer + ": the next rows of '" + state.path + "'", update.parameter(), rows.values());
        updates.put(rows.table(), rows.with(rows.table(), update.parameter()));
        update.state().forEach((key, value) -> {
            Expression variable = state.known(key);
            boolean byRow = value.shape().equals(rows.values().shape());
            requireLike(state.optimizer + ": the next value of '" + state.path + "/" + key + "'", byRow ? rows.with(variable, value) : value, variable);
            updates.put(variable, byRow ? rows.with(variable, value) : (Expression) value);
            results.add((Expression) value);
        });
        rows.requireElementWise(state.optimizer, results, given);
    }

    private static void requireLike(String what, Tensor tensor, Tensor like) {
        if (!tensor.shape().equals(like.shape()) || tensor.dtype() != like.dtype()) {
            throw new ShapeException(what + " must be " + like.dtype() + like.shape() + ", but is " + tensor.dtype() + tensor.shape());
        }
    }

    private final class ParameterState implements State {
        private final String optimizer;
        private final String path;
        private final Expression parameter;
        private final Map<String, Expression> known = new LinkedHashMap<>();

        ParameterState(String optimizer, String path, Expression parameter) {
            this.optimizer = optimizer;
            this.path = path;
            this.parameter = parameter;
        }

        Expression known(String key) {
            Expression variable = known.get(key);
            if (variable == null) {
                throw new IllegalArgumentException(optimizer + ": the update of '" + path + "' changes the state '" + key
                        + "', but never asked for its value; it asked for " + known.keySet());
            }
            return variable;
        }

        @Override
        public Tensor get(String key, Tensor initial) {
            return known.computeIfAbsent(key, absent -> {
                Variable variable = variables.optimizerState(
                        path + "/" + key, initial.shape(), initial.dtype(), () -> value(key, (Expression) initial));
                Expression leaf = model.graph().variable(variable.name(), variable.shape(), variable.dtype());
                leaves.put(leaf, variable);
                return leaf;
            });
        }

        /** Only the first trace asks, before any step, so the parameter still has its initial value. */
        private double[] value(String key, Expression initial) {
            OptionalDouble constant = initial.constantValue();
            if (constant.isPresent()) {
                return Variables.filled(initial.shape(), constant.getAsDouble());
            }
            ReferenceEvaluator evaluator = new ReferenceEvaluator();
            for (Expression node : Graph.reachable(List.of(initial))) {
                if (node.op() instanceof Op.Leaf && node != parameter) {
                    throw new IllegalArgumentException(optimizer + ": the initial value of '" + path + "/" + key
                            + "' may be made of constants and the parameter, but it needs " + node);
                }
            }
            evaluator.set(parameter, model.layers().leaves().get(parameter).toDoubles());
            return evaluator.value(initial);
        }
    }
}
