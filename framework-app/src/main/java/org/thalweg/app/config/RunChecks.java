package org.thalweg.app.config;

import java.util.List;
import java.util.function.Consumer;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.app.pipeline.ModelInputs;
import org.thalweg.app.pipeline.ReportedMetrics;

/** What must hold between the settings of a run, and no single setting can say. */
final class RunChecks {
    private final RunConfiguration run;
    private final Consumer<SettingsProblem> problems;

    private RunChecks(RunConfiguration run, Consumer<SettingsProblem> problems) {
        this.run = run;
        this.problems = problems;
    }

    /** Tells of everything that does not go together. */
    static void check(RunConfiguration run, Consumer<SettingsProblem> problems) {
        RunChecks checks = new RunChecks(run, problems);
        checks.reportedMetrics();
        checks.accumulation();
        checks.classWeights();
        ModelInputs.problem(run.modelInputs(), run.loss().name(), run.loss().loss())
                .ifPresent(problem -> checks.wrong("modelInputs", problem));
    }

    private void reportedMetrics() {
        List<String> metrics = run.metrics().stream().map(NamedMetric::name).toList();
        for (int i = 0; i < run.training().stop().size(); i++) {
            String path = "training.stop[" + i + "]";
            ReportedMetrics.unknown(run.training().stop().get(i), metrics, run.data().validation().isPresent())
                    .ifPresent(problem -> wrong(path, problem));
        }
    }

    private void accumulation() {
        if (run.training().accumulate() == 1) {
            return;
        }
        if (run.optimizer().optimizer().wholeDataset()) {
            wrong("training.accumulate", "the optimizer takes the whole data set in one batch, so there is nothing to accumulate: leave it out");
        }
        boolean rows = run.optimizer().optimizer().rowSparse()
                || run.optimizer().groups().stream().flatMap(group -> group.optimizer().stream()).anyMatch(Optimizer::rowSparse);
        if (rows) {
            wrong("training.accumulate", "an optimizer that changes single rows needs steps of one batch: leave it out, or take another optimizer");
        }
    }

    private void classWeights() {
        if (run.classWeights().isEmpty()) {
            return;
        }
        try {
            // Whether their number is right shows when the data is known.
            if (run.loss().loss().withClassWeights(List.of(1.0, 1.0)).isEmpty()) {
                wrong("classWeights", "the loss '" + run.loss().name() + "' takes no weights of classes: leave them out, or take one"
                        + " that judges by class numbers, as cross-entropy");
            }
        } catch (IllegalArgumentException problem) {
            wrong("classWeights", problem.getMessage());
        }
    }

    private void wrong(String path, String message) {
        problems.accept(new SettingsProblem(path, message));
    }
}
