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

/** One step of training for batches of one size: model, loss, gradients, transforms and optimizer as one program. */
final class TrainingStep {
    private final long seed;
    private final ModelTrace model;
    private final Map<String, Expression> gradients;
    private final StepScalars scalars;
    private final Outputs.Scalar lossSum;
    private final Outputs.Scalar divisor;
    private final Optional<Outputs.Scalar> squaredNorm;
    private final Program program;

    TrainingStep(Plan plan, Variables variables, BatchColumns batch, int rows, Backend backend) {
        seed = plan.seed();
        model = ModelTrace.of(plan, variables, batch, rows, true);
        if (model.layers().parameters().isEmpty()) {
            throw new LocatedShapeException(Part.MODEL, "", "the model has no parameters, so there is nothing to train");
        }
        scalars = new StepScalars(model.graph(), plan.dtype(), plan.parameterGroups());
        gradients = gradients(plan, model, model.loss());

        OptimizerTrace optimizer = new OptimizerTrace(plan, model, variables);
        Map<Expression, Expression> updates = new LinkedHashMap<>(optimizer.updates(gradients, scalars));
        updates.putAll(model.layers().stateUpdates());

        Outputs outputs = new Outputs();
        lossSum = outputs.scalar(model.lossSum());
        divisor = outputs.scalar(model.divisor());
        squaredNorm = plan.needsGradientNorm() ? squaredNorm(gradients.values()).map(outputs::scalar) : Optional.empty();

        program = backend.compile(new Computation(outputs.computed(), updates, roots()));
        model.bind(program);
        optimizer.leaves().forEach((leaf, variable) -> program.bind(leaf, variable.array()));
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

    /** What must be finite for the step to count. */
    private List<Expression> roots() {
        List<Expression> roots = new ArrayList<>(List.of(model.loss()));
        roots.addAll(gradients.values());
        return roots;
    }

    /**
     * Does the step for the batch that lies in the arrays.
     *
     * @param step how many were done before
     * @param factor the schedule's, on the learning rates
     * @return false if the loss or a gradient is not finite; then nothing has changed
     */
    boolean run(long step, double factor) {
        program.random(seed, step);
        scalars.set(program, step, factor);
        return program.run();
    }

    /** The sum of the loss's elements in the last run, before its update. */
    double lossSum() {
        return lossSum.in(program);
    }

    /** What the mean divides that sum by. */
    double divisor() {
        return divisor.in(program);
    }

    /** The Euclidean norm of all gradients before any transform; NaN where no stop criterion needs it. */
    double gradientNorm() {
        return squaredNorm.isPresent() ? Math.sqrt(squaredNorm.get().in(program)) : Double.NaN;
    }

    /** Finds what was not finite in the last run, which must have returned false. */
    Divergence divergence(long step) {
        return Divergence.find(model, gradients, seed, step);
    }
}
