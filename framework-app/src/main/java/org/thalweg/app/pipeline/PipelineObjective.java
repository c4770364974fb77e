package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.api.optim.Objective;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.ElementArrays;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;

/**
 * A pipeline's loss over all of its training data, as a function of all parameters in one array, one after another in the order in which the
 * model declares them. No layer behaves as in training. One thread at a time; holds threads until it is closed.
 */
public final class PipelineObjective implements Objective, AutoCloseable {
    private final Backend backend;
    private final List<Variable> parameters;
    private final Program program;
    private final Outputs.Scalar loss;
    private final int[] gradients;
    private final long seed;

    PipelineObjective(Plan plan) {
        seed = plan.seed();
        backend = plan.backend().apply(plan.threads());
        try {
            int rows = plan.training().size();
            Variables variables = new Variables(plan.seed(), plan.dtype(), plan.initialParameters());
            BatchColumns batch = plan.batch(rows);
            ModelTrace model = ModelTrace.of(plan, variables, batch, rows, false);
            variables.requireNothingGivenInVain();
            Outputs outputs = new Outputs();
            loss = outputs.scalar(model.loss());
            List<Expression> leaves = List.copyOf(model.layers().parameters().values());
            gradients = Gradients.of(model.loss(), leaves).stream().mapToInt(outputs::add).toArray();
            parameters = new ArrayList<>(variables.parameters().values());
            program = backend.compile(Computation.of(outputs.computed()));
            model.bind(program);
            int[] all = new int[rows];
            for (int i = 0; i < rows; i++) {
                all[i] = i;
            }
            new BatchReader(plan.training(), "training", batch).read(all, 0, rows);
        } catch (RuntimeException | Error failure) {
            backend.close();
            throw failure;
        }
    }

    /** The parameters as they are now: as the pipeline would begin with them, or at the last point that was asked for. */
    public double[] point() {
        return parameters.stream().flatMapToDouble(parameter -> Arrays.stream(parameter.toDoubles())).toArray();
    }

    @Override
    public double evaluate(double[] x, double[] gradient) {
        int at = 0;
        for (Variable parameter : parameters) {
            int size = (int) parameter.shape().size();
            for (int i = 0; i < size; i++) {
                switch (parameter.array()) {
                    case float[] floats -> floats[i] = (float) x[at + i];
                    default -> ((double[]) parameter.array())[i] = x[at + i];
                }
            }
            at += size;
        }
        program.random(seed, 0);
        program.run();
        at = 0;
        for (int i = 0; i < gradients.length; i++) {
            Object flow = program.output(gradients[i]);
            for (int j = 0; j < parameters.get(i).shape().size(); j++) {
                gradient[at++] = ElementArrays.element(flow, j);
            }
        }
        return loss.in(program);
    }

    @Override
    public void close() {
        backend.close();
    }
}
