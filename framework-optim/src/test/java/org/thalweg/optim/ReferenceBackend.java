package org.thalweg.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** Runs computations with the reference evaluator: slow and obviously right. */
final class ReferenceBackend implements Backend {
    @Override
    public Program compile(Computation computation) {
        return new ReferenceProgram(computation);
    }

    @Override
    public String description() {
        return "reference";
    }

    @Override
    public void close() {}

    private static final class ReferenceProgram implements Program {
        private final Computation computation;
        private final List<Expression> leaves;
        private final Map<Expression, Object> arrays = new HashMap<>();
        private final List<double[]> outputs = new ArrayList<>();

        ReferenceProgram(Computation computation) {
            this.computation = computation;
            List<Expression> roots = new ArrayList<>(computation.outputs());
            roots.addAll(computation.updates().values());
            roots.addAll(computation.finite());
            leaves = Graph.reachable(roots).stream().filter(node -> node.op() instanceof Op.Leaf).toList();
        }

        @Override
        public void bind(Expression leaf, Object array) {
            arrays.put(leaf, array);
        }

        @Override
        public void set(Expression scalar, double value) {
            arrays.put(scalar, new double[] {value});
        }

        @Override
        public void random(long seed, long step) {}

        @Override
        public boolean run() {
            ReferenceEvaluator evaluator = new ReferenceEvaluator();
            leaves.forEach(leaf -> evaluator.set(leaf, Numbers.doubles(arrays.get(leaf), (int) leaf.shape().size())));
            outputs.clear();
            computation.outputs().forEach(output -> outputs.add(evaluator.value(output)));
            for (Expression finite : computation.finite()) {
                if (!Arrays.stream(evaluator.value(finite)).allMatch(Double::isFinite)) {
                    return false;
                }
            }
            Map<Expression, double[]> next = new LinkedHashMap<>();
            computation.updates().forEach((variable, value) -> next.put(variable, evaluator.value(value)));
            next.forEach((variable, values) -> Numbers.copy(values, arrays.get(variable)));
            return true;
        }

        @Override
        public Object output(int position) {
            return outputs.get(position);
        }

        @Override
        public double number(int position) {
            return outputs.get(position)[0];
        }
    }
}
