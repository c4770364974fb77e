package org.thalweg.optim;

import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** The one place that says which engine computes the numbers of these tests. */
final class Evaluation {
    private Evaluation() {}

    static List<double[]> of(List<Expression> outputs, Map<Expression, double[]> leaves) {
        return ReferenceEvaluator.evaluate(outputs, leaves);
    }
}
