/**
 * Data sources, transforms and bundled real data. Data sets hold each column in one compact array and convert when they are read.
 *
 * <p>A data set that looks at another one (a subset, a transform) does not own it: whoever opened a data set closes it.
 */
package org.thalweg.data;
