package org.thalweg.api.data;

import org.thalweg.api.plugin.Stable;

/** A change to the data before it reaches the model: scaling, standardising. Whatever it learns, it learns from the training data only. */
@Stable
public interface Transform {
    /** Learns what it needs from the training data. */
    Fitted fit(Dataset training);

    /** A transform that knows all it needs, and treats every data set alike. */
    interface Fitted {
        /** The data as changed; reads through to the given data set. */
        Dataset apply(Dataset data);
    }
}
