package org.thalweg.app.predict;

/**
 * What a model says of a row.
 *
 * @param classes the name of the class, or null where numbers are predicted
 * @param certainty the probability of that class, or its score; NaN where numbers are predicted
 * @param numbers the probabilities or scores of all classes, or the numbers predicted
 */
record Answer(String classes, double certainty, double[] numbers) {}
