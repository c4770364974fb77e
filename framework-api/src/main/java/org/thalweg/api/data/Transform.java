package org.thalweg.api.data;

import java.util.Map;
import org.thalweg.api.plugin.Stable;

/** A change to the data before it reaches the model: scaling, standardising. Whatever it learns, it learns from the training data only. */
@Stable
public interface Transform {
    /** Learns what it needs from the training data. */
    Fitted fit(Dataset training);

    /**
     * Rebuilds what {@link #fit} had made, without the training data: {@code restore(fit(training).learned())} treats every data set bit for
     * bit as {@code fit(training)} does, if the settings are the same.
     *
     * @param learned what {@link Fitted#learned()} had given
     * @throws DataException where the numbers are not those that such a transform learns
     */
    default Fitted restore(Map<String, double[]> learned) {
        throw new DataException("the transform " + getClass().getSimpleName() + " cannot be restored from what it had learned; "
                + "fit it to the training data, or implement Transform.restore and Transform.Fitted.learned");
    }

    /** A transform that knows all it needs, and treats every data set alike. */
    interface Fitted {
        /** The data as changed; reads through to the given data set. */
        Dataset apply(Dataset data);

        /** What was learned, by name: finite numbers that {@link Transform#restore} takes. Nothing where nothing was learned. */
        default Map<String, double[]> learned() {
            return Map.of();
        }
    }
}
