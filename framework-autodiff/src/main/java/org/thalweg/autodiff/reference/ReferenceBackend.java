package org.thalweg.autodiff.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.ElementArrays;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;

/** Runs programs with the reference evaluator: slow and obviously right. FLOAT32 is computed in double and rounded where it is stored. */
public final class ReferenceBackend implements Backend {
    /** A backend without threads or caches. */
    public ReferenceBackend() {}

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
        private final Map<Expression, Double> scalars = new HashMap<>();
        private final List<Object> outputs = new ArrayList<>();
        private long seed;
        private long step;

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
            scalars.put(scalar, value);
        }

        @Override
        public void random(long seed, long step) {
            this.seed = seed;
            this.step = step;
        }

        @Override
        public boolean run() {
            ReferenceEvaluator evaluator = new ReferenceEvaluator(seed, step);
            for (Expression leaf : leaves) {
                double[] values = scalars.containsKey(leaf)
                        ? new double[] {scalars.get(leaf)}
                        : ElementArrays.toDoubles(arrays.get(leaf), (int) leaf.shape().size());
                evaluator.set(leaf, values);
            }
            outputs.clear();
            computation.outputs().forEach(output -> outputs.add(ElementArrays.of(output.dtype(), evaluator.value(output))));
            for (Expression finite : computation.finite()) {
                for (double value : evaluator.value(finite)) {
                    if (!Double.isFinite(finite.dtype() == DType.FLOAT32 ? (float) value : value)) {
                        return false;
                    }
                }
            }
            Map<Object, Object> next = new LinkedHashMap<>();
            computation.updates().forEach(
                    (variable, value) -> next.put(arrays.get(variable), ElementArrays.of(value.dtype(), evaluator.value(value))));
            next.forEach((array, values) -> System.arraycopy(values, 0, array, 0, java.lang.reflect.Array.getLength(values)));
            return true;
        }

        @Override
        public Object output(int position) {
            return outputs.get(position);
        }

        @Override
        public double number(int position) {
            return ElementArrays.element(outputs.get(position), 0);
        }
    }
}
