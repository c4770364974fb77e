/** Layers that bring their input to mean 0 and variance 1, over one set of axes or another. */
package org.thalweg.autodiff.layer.normalization;
