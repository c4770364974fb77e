package org.thalweg.app.config;

import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Positive;

/**
 * A part taken from the training data.
 *
 * @param fraction of the rows
 * @param stratified whether every class keeps its share
 */
@Description("A part taken from the training data.")
public record Split(
        @Description("The part of the rows, between 0 and 1.") @Positive @LessThan(1) double fraction,
        @Description("Whether every class keeps its share.") @Default("false") boolean stratified) {}
