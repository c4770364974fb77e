/** What a compiled program calls: matrix multiplication, and the worker threads that share its parts. */
package org.thalweg.autodiff.kernel;
