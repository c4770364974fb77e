package org.thalweg.app.conformance;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.optim.Minimizer;
import org.thalweg.api.optim.Objective;

/** L-BFGS on a function whose minimum is known. */
final class MinimizerCase {
    private static final double POINT = 1e-7;
    private static final double VALUE = 1e-13;
    private static final double EVALUATIONS = 1.5;

    /** The sum of (1 - x_i)^2 + 100 (x_(i+1) - x_i^2)^2; its minimum, 0, is at ones. */
    private static final Objective ROSENBROCK = (x, gradient) -> {
        Arrays.fill(gradient, 0);
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double valley = x[i + 1] - x[i] * x[i];
            sum += (1 - x[i]) * (1 - x[i]) + 100 * valley * valley;
            gradient[i] += -2 * (1 - x[i]) - 400 * x[i] * valley;
            gradient[i + 1] += 200 * valley;
        }
        return sum;
    };

    private MinimizerCase() {}

    /** What is missed. */
    static Optional<String> run(GoldenCase golden, CaseContext context) throws UnsupportedCaseException {
        if (!golden.text("function").equals("rosenbrock")) {
            throw new UnsupportedCaseException("no function is called '" + golden.text("function") + "'");
        }
        Minimizer minimizer = context.make(Minimizer.class, "lbfgs", TorchNames.MINIMIZERS, golden.options());
        Minimizer.Minimum got = minimizer.minimize(ROSENBROCK, golden.tensor("initial").data());
        for (int i = 0; i < got.point().length; i++) {
            if (!(Math.abs(got.point()[i] - 1) <= POINT)) {
                return Optional.of("point[" + i + "]: got " + got.point()[i] + ", want 1 within " + POINT);
            }
        }
        double most = EVALUATIONS * golden.number("evaluations");
        if (!(got.value() < VALUE)) {
            return Optional.of("value: got " + got.value() + ", want less than " + VALUE);
        }
        return got.evaluations() <= most ? Optional.empty()
                : Optional.of("evaluations: got " + got.evaluations() + ", want at most " + most);
    }
}
