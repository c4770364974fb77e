package org.thalweg.app.config;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Transform;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;

/**
 * The data of a run. The fractions of {@code testSplit} and {@code validation} are both of all rows of {@code train}; folds of the validation
 * are folds of what the test leaves.
 *
 * @param train what the model learns from
 * @param test what it is judged by at the end
 * @param validation a part of the training data that judges every epoch
 * @param testSplit a part of the training data that serves as test data where there is no source of its own
 * @param transforms changes, in order
 * @param batchSize rows of a batch
 */
@Description("The data of a run.")
public record DataSettings(
        @Description("What the model learns from.") DataSource train,
        @Description("What the model is judged by at the end.") Optional<DataSource> test,
        @Description("The part of the training data that judges every epoch.") Optional<Split> validation,
        @Description("The part of the training data that becomes the test data, where there is no test source.") Optional<Split> testSplit,
        @Description("Changes to the data, in order; fitted to the training data.") @Default("[]") List<Transform> transforms,
        @Description("Rows of a batch, which is a step unless training.accumulate says more; the last batch of an epoch may be smaller.") @Default("32") @Min(1) int batchSize) {
    /** Checks what no single setting can say. */
    public DataSettings {
        transforms = List.copyOf(transforms);
        if (test.isPresent() && testSplit.isPresent()) {
            throw new IllegalArgumentException("has both 'test' and 'testSplit': keep 'test', or take the test data from 'train' with 'testSplit'");
        }
        double taken = testSplit.flatMap(Split::fraction).orElse(0.0) + validation.flatMap(Split::fraction).orElse(0.0);
        if (taken >= 1) {
            throw new IllegalArgumentException("'validation' and 'testSplit' together leave nothing to train on: their fractions must add up to less than 1");
        }
    }
}
