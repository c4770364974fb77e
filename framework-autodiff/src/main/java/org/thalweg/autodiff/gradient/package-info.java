/** Reverse-mode differentiation on expressions, and its check against differences. */
package org.thalweg.autodiff.gradient;
