/** Formulas as text, and graphs drawn as on a board: every node with its value and its gradient. */
package org.thalweg.autodiff.explain;
