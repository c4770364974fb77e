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
        registrar.loss("l1", MeanAbsoluteErrorLoss.class);
        registrar.loss("huber", Huber.class);
        registrar.loss("smooth-l1", SmoothL1.class);
        registrar.loss("quantile", Quantile.class);
        registrar.loss("poisson-nll", PoissonNegativeLogLikelihood.class);
        registrar.loss("gaussian-nll", GaussianNegativeLogLikelihood.class);

        registrar.loss("minkowski", Minkowski.class);
        registrar.loss("manhattan", Manhattan.class);
        registrar.loss("euclidean", Euclidean.class);
        registrar.loss("chebyshev", Chebyshev.class);

        registrar.loss("cross-entropy", CrossEntropy.class);
        registrar.loss("nll", NegativeLogLikelihood.class);
        registrar.loss("bits-per-symbol", BitsPerSymbol.class);
        registrar.loss("binary-cross-entropy", BinaryCrossEntropy.class);
        registrar.loss("binary-cross-entropy-with-logits", BinaryCrossEntropyWithLogits.class);
        registrar.loss("focal", Focal.class);
        registrar.loss("kl-divergence", KlDivergence.class);
        registrar.loss("ctc", Ctc.class);

        registrar.loss("hinge", Hinge.class);
        registrar.loss("squared-hinge", SquaredHinge.class);
        registrar.loss("soft-margin", SoftMargin.class);
        registrar.loss("multi-margin", MultiMargin.class);
        registrar.loss("multi-label-margin", MultiLabelMargin.class);
        registrar.loss("multi-label-soft-margin", MultiLabelSoftMargin.class);

        registrar.loss("hinge-embedding", HingeEmbedding.class);
        registrar.loss("margin-ranking", MarginRanking.class);
        registrar.loss("cosine-embedding", CosineEmbedding.class);
        registrar.loss("triplet-margin", TripletMargin.class);
        registrar.loss("triplet-margin-with-distance", TripletMarginWithDistance.class);
        registrar.loss("contrastive", Contrastive.class);

        registrar.loss("dice", Dice.class);
        registrar.loss("tversky", Tversky.class);

        registrar.metric("accuracy", Accuracy.class);
        registrar.metric("balanced-accuracy", BalancedAccuracy.class);
        registrar.metric("f1", F1.class);
        registrar.metric("label-error-rate", LabelErrorRate.class);
        registrar.metric("mean-absolute-error", MeanAbsoluteError.class);
        registrar.metric("mean-squared-error", MeanSquaredError.class);
        registrar.metric("nearest-neighbour-accuracy", NearestNeighbourAccuracy.class);
        registrar.metric("perplexity", Perplexity.class);
        registrar.metric("mutual-information", MutualInformation.class);
        registrar.metric("precision", Precision.class);
        registrar.metric("r-squared", RSquared.class);
        registrar.metric("recall", Recall.class);
        registrar.metric("roc-auc", RocAuc.class);
        registrar.metric("root-mean-squared-error", RootMeanSquaredError.class);
        registrar.metric("top-k", TopK.class);

        registrar.gradientTransform("l1", L1Penalty.class);
        registrar.gradientTransform("l2", L2Penalty.class);
        registrar.gradientTransform("elastic-net", ElasticNetPenalty.class);
    }
}
