package org.thalweg.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.compile.ElementArrays;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.reference.ReferenceBackend;

/** The engines that compute the numbers of tests. */
public enum Evaluation {
    /** What a training computes with, on one thread. */
    COMPILED {
        @Override
        public Backend backend() {
            return new CpuBackend(1);
        }
    },
    /** Slow and obviously right. */
    REFERENCE {
        @Override
        public Backend backend() {
            return new ReferenceBackend();
        }
    };

    /** A backend, which the caller closes. */
    public abstract Backend backend();

    /** Values of expressions, given those of the leaves. */
    public List<double[]> values(List<Expression> outputs, Map<Expression, double[]> leaves) {
        try (Backend backend = backend()) {
            Program program = backend.compile(Computation.of(outputs));
            leaves.forEach((leaf, values) -> {
                if (leaf.op() instanceof Op.Leaf(Op.LeafKind kind, String name, int number) && kind == Op.LeafKind.SCALAR) {
                    program.set(leaf, values[0]);
                } else {
                    program.bind(leaf, ElementArrays.of(leaf.dtype(), values));
                }
            });
            program.run();
            List<double[]> values = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                values.add(ElementArrays.toDoubles(program.output(i), (int) outputs.get(i).shape().size()));
            }
            return values;
        }
    }

    /** Values as a training computes them. */
    public static List<double[]> of(List<Expression> outputs, Map<Expression, double[]> leaves) {
        return COMPILED.values(outputs, leaves);
    }
}
