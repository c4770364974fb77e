package org.thalweg.app.run;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.config.LoadedConfiguration;

/** Trains the model of a configuration. */
public interface Trainer {
    /**
     * Trains until the end, a stop criterion, a number that is not finite, or a cancellation. However it ends, the listeners are told; only
     * an exception tells for itself.
     *
     * @param configuration what to train, on what, and how
     * @param folder receives what the run leaves behind: nothing before everything fits together and training begins, then the configuration,
     *     the manifest, the metrics and the weights
     * @param listeners are told everything, in order
     * @param cancelled asked after every step; once it is true the run ends with {@link StopReason.Kind#CANCELLED}. (Not an interrupt: that
     *     would close the files that are being written.)
     * @return why the run ended
     * @throws org.thalweg.app.config.ConfigurationException where model, loss, metrics or optimizer do not fit the data or each other
     * @throws org.thalweg.api.data.DataException where the data is not what it says
     * @throws IOException where data cannot be read or results cannot be written
     */
    StopReason train(LoadedConfiguration configuration, RunFolder folder, List<TrainingListener> listeners, BooleanSupplier cancelled)
            throws IOException;

    /**
     * Goes on with a stored run after the last epoch that ended, in its folder, as if it had never stopped.
     *
     * @param run with as many epochs, those before included, as it shall have in all
     * @return why the run ended
     * @throws org.thalweg.api.data.DataException where the folder belongs to another model, or the run has all its epochs
     * @throws IOException where data or the run folder cannot be read, or results cannot be written
     */
    default StopReason resume(StoredRun run, List<TrainingListener> listeners, BooleanSupplier cancelled) throws IOException {
        throw new UnsupportedOperationException(getClass().getName() + " cannot continue a run");
    }
}
