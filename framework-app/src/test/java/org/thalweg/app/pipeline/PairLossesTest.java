package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Relu;
import org.thalweg.data.ColumnValues;
import org.thalweg.data.InMemory;
import org.thalweg.loss.Contrastive;
import org.thalweg.loss.CosineEmbedding;
import org.thalweg.loss.MarginRanking;

/** Losses that compare what one model says of two columns. */
class PairLossesTest {
    private static final int ROWS = 6;

    @Test
    void contrastive_tells_pairs_apart() {
        assertLearns(Settings.of(Contrastive.class, Map.of()), 3, Shape.scalar());
    }

    @Test
    void cosine_embedding_turns_like_pairs_together_and_unlike_ones_away() {
        assertLearns(Settings.of(CosineEmbedding.class, Map.of()), 3, Shape.scalar());
    }

    @Test
    void margin_ranking_learns_which_of_two_is_more() {
        assertLearns(Settings.of(MarginRanking.class, Map.of("margin", 0.5)), 1, Shape.of(1));
    }

    private static void assertLearns(Loss loss, int units, Shape target) {
        Dataset pairs = InMemory.of(column("input1", 1), column("input2", 2), ColumnValues.numbers("target", target, new double[] {1, -1, 1, -1, 1, -1}));
        double before = builder(pairs, loss, units).build().evaluate("test", pairs).get("test.loss");
        double after = builder(pairs, loss, units).epochs(100).build().train().metrics().get("train.loss");
        assertTrue(after < 0.5 * before, before + " -> " + after);
    }

    private static ColumnValues column(String name, long seed) {
        return ColumnValues.numbers(name, Shape.of(4), new Random(seed).doubles(ROWS * 4, -1, 1).toArray());
    }

    private static PipelineBuilder builder(Dataset pairs, Loss loss, int units) {
        return Pipeline.builder().training(pairs).model(Dense.of(16, new Relu()), Dense.of(units)).modelInputs("input1", "input2").loss("pairs", loss)
                .optimizer(Formulas.sgd(0.1)).batchSize(ROWS).threads(1);
    }
}
