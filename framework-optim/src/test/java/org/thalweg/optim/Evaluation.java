package org.thalweg.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;

/** The one place that says which engine computes the numbers of these tests: the compiled one, or with -Dengine=reference the reference. */
final class Evaluation {
    private static final Backend BACKEND = "reference".equals(System.getProperty("engine")) ? new ReferenceBackend() : new CpuBackend(1);

    private Evaluation() {}

    static Program compile(Computation computation) {
        return BACKEND.compile(computation);
    }

    /** Whether numbers come from the compiled engine, which alone promises to allocate nothing. */
    static boolean isCompiled() {
        return BACKEND instanceof CpuBackend;
    }

    static List<double[]> of(List<Expression> outputs, Map<Expression, double[]> leaves) {
        Program program = compile(Computation.of(outputs));
        leaves.forEach((leaf, values) -> {
            if (leaf.op() instanceof Op.Leaf(Op.LeafKind kind, String name, int number) && kind == Op.LeafKind.SCALAR) {
                program.set(leaf, values[0]);
            } else {
                program.bind(leaf, Numbers.array(leaf.dtype(), values));
            }
        });
        program.run();
        List<double[]> results = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            results.add(Numbers.doubles(program.output(i), (int) outputs.get(i).shape().size()));
        }
        return results;
    }
}
