package org.thalweg.app.conformance;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a case can be about: told by a field that no form before it has. */
enum CaseForm {
    SCHEDULE("schedule", "schedule", ScheduleCase::run),
    LAYER("layer", "layer", LayerCase::run),
    MINIMIZER("function", "function", MinimizerCase::run),
    TRAINING("model", "optimizer", TrainingCase::run),
    OPTIMIZER("optimizer", "optimizer", OptimizerCase::run),
    LOSS("loss", "loss", LossCase::run);

    /** Runs a case; returns what differs. */
    interface Runner {
        Optional<String> run(GoldenCase golden, CaseContext context) throws UnsupportedCaseException, IOException;
    }

    private final String field;
    private final String nameField;
    private final Runner runner;

    CaseForm(String field, String nameField, Runner runner) {
        this.field = field;
        this.nameField = nameField;
        this.runner = runner;
    }

    /** The form of a case, or null where it has none. */
    static CaseForm of(GoldenCase golden) {
        return Arrays.stream(values()).filter(form -> golden.has(form.field)).findFirst().orElse(null);
    }

    /** The fields that tell. */
    static List<String> fields() {
        return Arrays.stream(values()).map(form -> form.field).toList();
    }

    /** The field that names what is tested. */
    String nameField() {
        return nameField;
    }

    Runner runner() {
        return runner;
    }
}
