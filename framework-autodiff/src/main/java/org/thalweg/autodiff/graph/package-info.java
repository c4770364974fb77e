/** The expression graph: nodes, the sealed set of operations, and the shape rules. */
package org.thalweg.autodiff.graph;
