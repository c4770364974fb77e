package org.thalweg.app.pipeline;

import org.thalweg.api.optim.Step;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** The numbers of a step as scalars of a graph. */
record StepScalars(Expression learningRate, Expression number) implements Step {
    static StepScalars in(Graph graph, DType dtype) {
        return new StepScalars(graph.scalar("learningRate", dtype), graph.scalar("step", dtype));
    }

    /** Sets them for a step, counted from 0. */
    void set(Program program, long step, double rate) {
        program.set(learningRate, rate);
        program.set(number, step + 1);
    }
}
