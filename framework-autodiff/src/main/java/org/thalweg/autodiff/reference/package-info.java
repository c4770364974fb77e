/** The graph in plain double loops: slow, obviously right, the oracle for every kernel. */
package org.thalweg.autodiff.reference;
