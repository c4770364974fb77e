/** From an expression graph to a {@code Program}: simplify, fuse, plan memory, generate loops. */
package org.thalweg.autodiff.compile;
