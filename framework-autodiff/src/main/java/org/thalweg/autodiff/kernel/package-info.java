/** What a program calls: matrix products, random numbers, and whatever else is not a generated loop; and the worker pool. */
package org.thalweg.autodiff.kernel;
