package org.thalweg.app.compare;

/**
 * What a chart shows of a surface, and where paths begin.
 *
 * @param left least x
 * @param right largest x
 * @param low least y
 * @param high largest y
 * @param startX where paths begin
 * @param startY where paths begin
 */
public record View(double left, double right, double low, double high, double startX, double startY) {}
