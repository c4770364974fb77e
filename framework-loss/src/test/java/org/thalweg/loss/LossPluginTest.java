package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;
import org.thalweg.testkit.PluginContract;
import org.thalweg.testkit.Registrations;

class LossPluginTest extends PluginContract {
    private final Registrations registered = Registrations.of(plugin());

    @Override
    protected Plugin plugin() {
        return new LossPlugin();
    }

    @Test
    void registersEverythingUnderItsName() {
        assertEquals("loss", new LossPlugin().id());
        assertEquals(List.of(
                "mse", "l1", "huber", "smooth-l1", "quantile", "poisson-nll", "gaussian-nll", "minkowski",
                "manhattan", "euclidean", "chebyshev", "cross-entropy", "nll", "bits-per-symbol",
                "binary-cross-entropy", "binary-cross-entropy-with-logits", "focal", "kl-divergence", "ctc",
                "hinge", "squared-hinge", "soft-margin", "multi-margin", "multi-label-margin",
                "multi-label-soft-margin", "hinge-embedding", "margin-ranking", "cosine-embedding",
                "triplet-margin", "triplet-margin-with-distance", "contrastive", "dice", "tversky"), registered.names(Loss.class));
        assertEquals(
                List.of("accuracy", "balanced-accuracy", "f1", "label-error-rate", "mean-absolute-error", "mean-squared-error",
                        "nearest-neighbour-accuracy", "perplexity", "mutual-information",
                        "precision", "r-squared", "recall", "roc-auc", "root-mean-squared-error", "top-k"),
                registered.names(Metric.class));
        assertEquals(List.of("l1", "l2", "elastic-net"), registered.names(GradientTransform.class));
    }

    /** What {@code describe} prints of those among which people choose. */
    @Test
    void everyLossAndPenaltyHasItsFormulaShapesUseAndSource() {
        for (Class<?> kind : List.of(Loss.class, GradientTransform.class)) {
            for (String name : registered.names(kind)) {
                Guide guide = registered.settings(kind, name).getAnnotation(Guide.class);
                assertNotNull(guide, name);
                for (String text : List.of(guide.formula(), guide.shapes(), guide.use(), guide.source())) {
                    assertFalse(text.isBlank(), name + ": " + guide);
                }
            }
        }
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertEquals(new MeanSquaredErrorLoss(Reduction.MEAN), Settings.of(MeanSquaredErrorLoss.class, Map.of()));
        assertEquals(new CrossEntropy(List.of(), -100, 0, Reduction.MEAN), Settings.of(CrossEntropy.class, Map.of()));
        assertEquals(
                new BinaryCrossEntropyWithLogits(List.of(), List.of(), Reduction.MEAN),
                Settings.of(BinaryCrossEntropyWithLogits.class, Map.of()));
    }

    /** As PyTorch documents them, of every loss that it has. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            huber | Huber[delta=1.0, reduction=MEAN]
            smooth-l1 | SmoothL1[beta=1.0, reduction=MEAN]
            nll | NegativeLogLikelihood[weight=[], ignoreIndex=-100, reduction=MEAN]
            kl-divergence | KlDivergence[logTarget=false, batchMean=false, reduction=MEAN]
            hinge-embedding | HingeEmbedding[margin=1.0, reduction=MEAN]
            margin-ranking | MarginRanking[margin=0.0, reduction=MEAN]
            cosine-embedding | CosineEmbedding[margin=0.0, reduction=MEAN]
            triplet-margin | TripletMargin[margin=1.0, p=2.0, swap=false, epsilon=1.0E-6, reduction=MEAN]
            triplet-margin-with-distance | TripletMarginWithDistance[distance=EUCLIDEAN, margin=1.0, swap=false, reduction=MEAN]
            ctc | Ctc[blank=0, zeroInfinity=false, batchFirst=true, reduction=MEAN]
            poisson-nll | PoissonNegativeLogLikelihood[logInput=true, full=false, epsilon=1.0E-8, reduction=MEAN]
            gaussian-nll | GaussianNegativeLogLikelihood[full=false, epsilon=1.0E-6, reduction=MEAN]
            multi-margin | MultiMargin[p=1, margin=1.0, weight=[], reduction=MEAN]
            """)
    void defaultsOfTheLossesAreThoseOfPyTorch(String name, String settings) {
        assertEquals(settings, Settings.of(registered.settings(Loss.class, name), Map.of()).toString());
    }

    @Test
    void everyProblemOfTheSettingsIsNamed() {
        Map<String, ?> wrong = Map.of("weight", List.of(1, -1), "labelSmoothing", 1.5, "reduction", "average");
        assertEquals(
                """
                weight[1]: must be at least 0, but is -1.0
                labelSmoothing: must be at most 1, but is 1.5
                reduction: unknown value 'average'; available: mean, none, sum""",
                assertThrows(SettingsException.class, () -> Settings.of(CrossEntropy.class, wrong)).getMessage());
    }
}
