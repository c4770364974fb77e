/** Tensors: shapes, types and the expressions that plugins write. */
package org.thalweg.api.tensor;
