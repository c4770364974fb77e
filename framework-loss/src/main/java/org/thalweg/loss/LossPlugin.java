package org.thalweg.loss;

import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;

/** Registers everything in this package. */
public final class LossPlugin implements Plugin {
    /** For the service loader. */
    public LossPlugin() {}

    @Override
    public String id() {
        return "loss";
    }

    @Override
    public void register(Registrar registrar) {
        registrar.loss("mse", MeanSquaredErrorLoss.class);
        registrar.loss("cross-entropy", CrossEntropy.class);
        registrar.loss("binary-cross-entropy-with-logits", BinaryCrossEntropyWithLogits.class);

        registrar.metric("accuracy", Accuracy.class);
        registrar.metric("balanced-accuracy", BalancedAccuracy.class);
        registrar.metric("f1", F1.class);
        registrar.metric("mean-absolute-error", MeanAbsoluteError.class);
        registrar.metric("mean-squared-error", MeanSquaredError.class);
        registrar.metric("perplexity", Perplexity.class);
        registrar.metric("precision", Precision.class);
        registrar.metric("r-squared", RSquared.class);
        registrar.metric("recall", Recall.class);
        registrar.metric("roc-auc", RocAuc.class);
        registrar.metric("root-mean-squared-error", RootMeanSquaredError.class);
        registrar.metric("top-k", TopK.class);
    }
}
