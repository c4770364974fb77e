package org.thalweg.app.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;

/**
 * A part taken from the training data: a fraction of the rows, one fold of several, or the rows with given values in a column.
 *
 * @param fraction of the rows
 * @param fold which one, from 1
 * @param of so many folds
 * @param column that tells which rows belong to the part
 * @param equals the values of those rows
 * @param stratified whether every class keeps its share; not by column
 */
@Description("A part taken from the training data: fraction, or fold and of, or column and equals.")
public record Split(
        @Description("The part of the rows, between 0 and 1, chosen at random.") @Positive @LessThan(1) Optional<Double> fraction,
        @Description("Which fold is the part, from 1 to 'of'; all folds together have every row once.") @Min(1) Optional<Integer> fold,
        @Description("The number of folds.") @Min(2) Optional<Integer> of,
        @Description("The column that tells which rows are the part: one number or category a row.") Optional<String> column,
        @Description("The values of that column which are the part.") @Default("[]") List<String> equals,
        @Description("Whether every class keeps its share.") @Default("false") boolean stratified) {
    /** Checks that it is one of the three. */
    public Split {
        equals = List.copyOf(equals);
        if (fold.isPresent() != of.isPresent()) {
            throw new IllegalArgumentException("needs both 'fold' and 'of', as in {fold: 1, of: 5}");
        }
        if (column.isPresent() == equals.isEmpty()) {
            throw new IllegalArgumentException("needs both 'column' and 'equals', as in {column: part, equals: [test]}");
        }
        if (Stream.of(fraction, fold, column).filter(Optional::isPresent).count() != 1) {
            throw new IllegalArgumentException("needs one of {fraction: 0.2}, {fold: 1, of: 5} and {column: part, equals: [test]}");
        }
        if (fold.isPresent() && fold.get() > of.get()) {
            throw new IllegalArgumentException("there is no fold " + fold.get() + " of " + of.get() + ": they are numbered from 1 to " + of.get());
        }
        if (column.isPresent() && stratified) {
            throw new IllegalArgumentException("rows that a column chooses cannot be stratified: leave 'stratified' out");
        }
    }

    /** A fraction of the rows. */
    public static Split fraction(double fraction, boolean stratified) {
        return new Split(Optional.of(fraction), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), stratified);
    }
}
