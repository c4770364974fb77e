package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;

/** The values that are read after each run of a program. What is known when it is traced is never computed. */
final class Outputs {
    private final List<Expression> computed = new ArrayList<>();

    /** Asks for a scalar. */
    Scalar scalar(Expression value) {
        return value.constantValue().isPresent() ? new Scalar(-1, value.constantValue().getAsDouble()) : new Scalar(add(value), Double.NaN);
    }

    /** Asks for a tensor. */
    int add(Expression value) {
        computed.add(value);
        return computed.size() - 1;
    }

    List<Expression> computed() {
        return computed;
    }

    /** A number that a run gives, or that is known. */
    record Scalar(int position, double known) {
        double in(Program program) {
            return position < 0 ? known : program.number(position);
        }
    }
}
