package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.Step;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** The numbers of a step as scalars of a graph: what optimizers and gradient transforms see of it. */
final class StepScalars {
    private final Graph graph;
    private final DType dtype;
    private final ParameterGroups groups;
    private final Expression number;
    /** By the group's number. */
    private final List<Expression> rates = new ArrayList<>();
    private final double[] baseRates;

    StepScalars(Graph graph, DType dtype, ParameterGroups groups) {
        this.graph = graph;
        this.dtype = dtype;
        this.groups = groups;
        number = graph.scalar("step", dtype);
        baseRates = new double[groups.groups().size() + 1];
        for (int group = 0; group < baseRates.length; group++) {
            rates.add(graph.scalar(group == 0 ? "learningRate" : "learningRate of group " + (group - 1), dtype));
            baseRates[group] = groups.optimizer(group).map(Optimizer::learningRate).orElse(0.0);
        }
    }

    /** What the optimizer of a parameter sees. */
    Step forParameter(String path) {
        return new Numbers(rates.get(groups.number(path)), "optimizer", path + "/");
    }

    /** What a gradient transform sees. */
    Step forTransform(int position) {
        return new Numbers(rates.getFirst(), "transform " + position, "");
    }

    /** Sets them for a step, counted from 0. */
    void set(Program program, long step, double factor) {
        for (int group = 0; group < baseRates.length; group++) {
            program.set(rates.get(group), baseRates[group] * factor);
        }
        program.set(number, step + 1);
    }

    private final class Numbers implements Step {
        private final Expression learningRate;
        private final String purpose;
        private final String prefix;
        private final Map<String, Integer> calls = new HashMap<>();

        Numbers(Expression learningRate, String purpose, String prefix) {
            this.learningRate = learningRate;
            this.purpose = purpose;
            this.prefix = prefix;
        }

        @Override
        public Tensor learningRate() {
            return learningRate;
        }

        @Override
        public Tensor learningRate(String path) {
            return rates.get(groups.number(path));
        }

        @Override
        public Tensor number() {
            return number;
        }

        @Override
        public Tensor uniform(String name, Shape shape) {
            int call = calls.merge(name, 1, Integer::sum);
            return graph.uniform(RandomStream.number(purpose, prefix + name + "#" + call), shape, dtype);
        }
    }
}
