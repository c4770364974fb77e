package org.thalweg.app.pipeline;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.tensor.Tensor;

/** The columns of the data that the layers of a model may ask for. */
interface NamedColumns {
    /** Those that there are. */
    List<String> names();

    /** One of them, as a batch of its rows; nothing where there is none of that name. */
    Optional<Tensor> find(String name);
}
