package org.thalweg.app.conformance;

import org.thalweg.api.tensor.Shape;

/**
 * A tensor of a case.
 *
 * @param shape its extents
 * @param data row-major
 * @param whole whether every number was written without a decimal point
 */
record GoldenTensor(Shape shape, double[] data, boolean whole) {}
