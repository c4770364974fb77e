package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.app.pipeline.LocatedShapeException.Part;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;

/**
 * One batch of training, for batches of one size, as one program: model, loss, gradients, and, where the batch is the last of its step, transforms
 * and optimizer. A batch before only adds its gradients to the step's.
 */
final class TrainingStep {
    private final long seed;
    private final int batchesPerStep;
    private final ModelTrace model;
    private final Map<String, Expression> gradients;
    private final List<Expression> totals = new ArrayList<>();
    private final Map<Expression, Variable> sums = new LinkedHashMap<>();
    private final StepScalars scalars;
    private final Outputs.Scalar lossSum;
    private final Outputs.Scalar divisor;
    private final Optional<Outputs.Scalar> squaredNorm;
    private final Program program;

    /**
     * Traces and compiles.
     *
     * @param accumulation what steps of several batches add up; not used where a step is one batch
     * @param last whether the batch is the last of its step
     */
    TrainingStep(Plan plan, Variables variables, BatchColumns batch, int rows, Backend backend, Accumulation accumulation, boolean last) {
        seed = plan.seed();
        batchesPerStep = plan.accumulate();
        model = ModelTrace.of(plan, variables, batch, rows, true);
        if (model.layers().parameters().isEmpty()) {
            throw new LocatedShapeException(Part.MODEL, "", "the model has no parameters, so there is nothing to train");
        }
        scalars = new StepScalars(model.graph(), plan.dtype(), plan.parameterGroups());
        Map<Expression, Expression> updates = new LinkedHashMap<>(model.layers().stateUpdates());
        List<Expression> finite = new ArrayList<>();
        Map<String, Expression> given;
        if (batchesPerStep == 1) {
            gradients = gradients(plan, model, model.loss());
            given = gradients;
            finite.add(model.loss());
            gradients.forEach((path, gradient) -> finite.add(checked(plan, path, gradient)));
        } else {
            gradients = gradients(plan, model, model.lossSum());
            Accumulation.Traced traced = accumulation.trace(model, gradients);
            sums.putAll(traced.before());
            given = traced.gradients();
            updates.putAll(last ? traced.cleared() : traced.after());
            totals.addAll(last ? given.values() : traced.after().values());
            finite.add(model.lossSum());
            finite.addAll(totals);
        }
        Outputs outputs = new Outputs();
        lossSum = outputs.scalar(model.lossSum());
        divisor = outputs.scalar(model.divisor());
        squaredNorm = last && plan.needsGradientNorm() ? squaredNorm(given.values()).map(outputs::scalar) : Optional.empty();

        Map<Expression, Variable> optimizerState = Map.of();
        if (last) {
            OptimizerTrace optimizer = new OptimizerTrace(plan, model, variables);
            updates.putAll(optimizer.updates(given, scalars));
            optimizerState = optimizer.leaves();
        }
        program = backend.compile(new Computation(outputs.computed(), updates, finite));
        model.bind(program);
        optimizerState.forEach((leaf, variable) -> program.bind(leaf, variable.array()));
        sums.forEach((leaf, variable) -> program.bind(leaf, variable.array()));
    }

    /** A table's gradient is never made where only its rows are used. */
    private static Expression checked(Plan plan, String path, Expression gradient) {
        boolean rows = plan.parameterGroups().optimizer(path).orElseThrow().rowSparse() && TableRows.isGradientOfTable(gradient);
        return rows ? gradient.input(0) : gradient;
    }

    /** The gradients of the parameters that are trained, by path. */
    static Map<String, Expression> gradients(Plan plan, ModelTrace model, Expression loss) {
        plan.parameterGroups().check(model.layers().parameters().keySet());
        Map<String, Expression> gradients = plan.parameterGroups().trained(model.layers().parameters());
        Iterator<Expression> flows = Gradients.of(loss, List.copyOf(gradients.values())).iterator();
        gradients.replaceAll((path, parameter) -> flows.next());
        return gradients;
    }

    private static Optional<Expression> squaredNorm(Collection<Expression> gradients) {
        return gradients.stream().map(gradient -> (Expression) gradient.square().sum()).reduce(Expression::add);
    }

    /**
     * Computes for the batch that lies in the arrays.
     *
     * @param step how many were done before
     * @param part the number of the batch within the step, from 0
     * @param factor the schedule's, on the learning rates
     * @return false if the loss or a gradient is not finite; then nothing has changed
     */
    boolean run(long step, int part, double factor) {
        program.random(seed, randomNumber(step, part));
        scalars.set(program, step, factor);
        return program.run();
    }

    /** Tells the random numbers of all batches apart; where a step is one batch, it is the step. */
    private long randomNumber(long step, int part) {
        return step * batchesPerStep + part;
    }

    /** The sum of the loss's elements in the last run, before its update. */
    double lossSum() {
        return lossSum.in(program);
    }

    /** What the mean divides that sum by. */
    double divisor() {
        return divisor.in(program);
    }

    /** The Euclidean norm of all gradients of the step before any transform; NaN where no stop criterion needs it. */
    double gradientNorm() {
        return squaredNorm.isPresent() ? Math.sqrt(squaredNorm.get().in(program)) : Double.NaN;
    }

    /** Finds what was not finite in the last run, which must have returned false. */
    Divergence divergence(long step, int part) {
        return Divergence.find(model, gradients, totals, sums, seed, randomNumber(step, part));
    }
}
