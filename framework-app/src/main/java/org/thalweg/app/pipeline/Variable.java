package org.thalweg.app.pipeline;

import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.compile.ElementArrays;

/**
 * An array that lives as long as the run: a parameter, a layer's state, an optimizer's. All programs of the run share the array, and
 * change it in place.
 */
record Variable(String name, Shape shape, DType dtype, Object array) {
    double[] toDoubles() {
        return ElementArrays.toDoubles(array, (int) shape.size());
    }

    StoredTensor toStored() {
        return new StoredTensor(name, shape, dtype, array);
    }
}
