package org.thalweg.data;

import java.io.IOException;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Positive;

/**
 * One of two parts of another source's rows that share no row and together have them all, as {@link Split} makes them: for sources that make
 * new rows of several, so that what the model is judged by is made of rows that it has never seen.
 *
 * @param source whose rows are split
 * @param part which of the two
 * @param fraction of the rows that are the test part
 * @param stratified whether both parts keep the shares of the classes
 * @param seed of the choice; the two parts must have the same
 */
@Description("One of two disjoint parts of another source's rows, for training and test data that are made of a source's rows.")
public record SplitPart(
        @Description("The data to split.") DataSource source,
        @Description("The part: train or test.") Part part,
        @Description("The fraction of the rows that are the test part.") @Default("0.2") @Positive @LessThan(1) double fraction,
        @Description("Whether both parts keep the shares of the classes.") @Default("false") boolean stratified,
        @Description("What the choice follows from; the same for both parts.") @Default("42") long seed)
        implements DataSource {

    @Override
    public Dataset open(DataContext context) throws IOException {
        Split split = Split.of(source.open(context), fraction, stratified, seed);
        return part == Part.TEST ? split.part() : split.rest();
    }
}
