package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Tanh;
import org.thalweg.optim.ExponentialMovingAverage;
import org.thalweg.optim.WeightDecay;

class ParameterGroupsTest {
    private static PipelineBuilder classifier() {
        return Pipeline.builder()
                .threads(1)
                .dtype(DType.FLOAT64)
                .training(Tables.corners(30))
                .model(Dense.of(4), new Tanh(), Dense.of(3))
                .loss(Formulas.crossEntropy())
                .batchSize(30);
    }

    private static Map<String, StoredTensor> trained(PipelineBuilder pipeline) {
        return pipeline.build().train().finalWeights().parameters();
    }

    @Test
    void aGroupHasALearningRateOfItsOwnThatTheScheduleScalesToo() {
        Map<String, StoredTensor> slow = trained(classifier().optimizer(Formulas.sgd(0.1)).schedule(step -> 0.5));
        Map<String, StoredTensor> fast = trained(classifier().optimizer(Formulas.sgd(2)).schedule(step -> 0.5));
        Map<String, StoredTensor> both = trained(classifier().optimizer(Formulas.sgd(0.1)).group("*.bias", Formulas.sgd(2)).schedule(step -> 0.5));

        for (String layer : List.of("0", "2")) {
            assertEquals(slow.get(layer + ".weight"), both.get(layer + ".weight"));
            assertEquals(fast.get(layer + ".bias"), both.get(layer + ".bias"));
            assertNotEquals(slow.get(layer + ".bias"), both.get(layer + ".bias"));
        }
    }

    @Test
    void theFirstGroupThatMatchesCounts() {
        PipelineBuilder pipeline = classifier().optimizer(Formulas.sgd(0.1)).freeze("0.bias").group("*.bias", Formulas.adam(0.01));
        Set<String> kept = pipeline.build().train().optimizerState().keySet();

        assertEquals(Set.of("2.bias/m", "2.bias/v"), kept);
    }

    @Test
    void frozenParametersStayAsTheyAreAndHaveNeitherStateNorGradient() {
        Set<String> seen = new HashSet<>();
        GradientTransform watch = (gradients, parameters, step) -> {
            seen.addAll(gradients.keySet());
            seen.addAll(parameters.keySet());
            return gradients;
        };
        Pipeline pipeline = classifier().optimizer(Formulas.adam(0.1)).freeze("0.*").gradientTransforms(watch).epochs(3).build();
        TrainingResult result = pipeline.train();
        Map<String, StoredTensor> initial = pipeline.initialWeights().parameters();

        assertEquals(initial.get("0.weight"), result.finalWeights().parameters().get("0.weight"));
        assertEquals(initial.get("0.bias"), result.finalWeights().parameters().get("0.bias"));
        assertNotEquals(initial.get("2.weight"), result.finalWeights().parameters().get("2.weight"));
        assertEquals(Set.of("2.weight/m", "2.weight/v", "2.bias/m", "2.bias/v"), result.optimizerState().keySet());
        assertEquals(Set.of("2.weight", "2.bias"), seen);
        assertEquals(8 * (4 * 3 + 3), pipeline.summary(OptionalInt.empty()).memory().gradients());
    }

    @Test
    void whatIsJudgedIsAskedOfTheGroupsOptimizer() {
        ExponentialMovingAverage averaging = new ExponentialMovingAverage(Formulas.sgd(0.5), 0);
        ExponentialMovingAverage standing = new ExponentialMovingAverage(Formulas.sgd(0.5), 0.999999);
        Pipeline pipeline = classifier().optimizer(Formulas.sgd(0.5)).group("2.weight", standing).group("2.bias", averaging).freeze("0.bias").build();
        TrainingResult result = pipeline.train();
        Map<String, StoredTensor> plain = trained(classifier().optimizer(Formulas.sgd(0.5)));

        assertEquals(plain.get("0.weight"), result.finalWeights().parameters().get("0.weight"));
        assertEquals(plain.get("2.bias"), result.finalWeights().parameters().get("2.bias"));
        assertEquals(pipeline.initialWeights().parameters().get("2.weight").values()[0],
                result.finalWeights().parameters().get("2.weight").values()[0], 1e-5, "an average that hardly moves");
        assertNotEquals(plain.get("2.weight"), result.finalWeights().parameters().get("2.weight"));
    }

    @Test
    void decoupledDecayGoesByTheRateOfTheGroup() {
        WeightDecay decay = Settings.of(WeightDecay.class, Map.of("strength", 0.5));
        Pipeline pipeline = classifier().optimizer(Formulas.sgd(0.1)).group("2.*", Formulas.sgd(0)).gradientTransforms(decay).build();
        Map<String, StoredTensor> result = pipeline.train().finalWeights().parameters();

        assertEquals(pipeline.initialWeights().parameters().get("2.weight"), result.get("2.weight"), "0 times the decay");
        assertNotEquals(trained(classifier().optimizer(Formulas.sgd(0.1))).get("0.weight"), result.get("0.weight"));
    }

    @Test
    void groupsThatMeanNothingAreMistakes() {
        assertMistake("groups[0].parameters", "no parameter is called '*.bais'; the model has 0.weight, 0.bias, 2.weight, 2.bias",
                classifier().freeze("*.bais"));
        assertMistake("groups[1].parameters",
                "every parameter of this group belongs to one before it: the first group that matches counts, so put this one before",
                classifier().freeze("*.bias").group("0.bias", Formulas.sgd(1)));
        assertMistake("groups", "all parameters are frozen, so there is nothing to train", classifier().freeze("*"));
        assertThrows(IllegalArgumentException.class, () -> new ParameterGroup(List.of(), Optional.empty()));
    }

    private static void assertMistake(String name, String message, PipelineBuilder pipeline) {
        Pipeline built = pipeline.optimizer(Formulas.sgd(0.1)).build();
        LocatedShapeException mistake = assertThrows(LocatedShapeException.class, built::train);
        assertEquals(message, mistake.getMessage());
        assertEquals(LocatedShapeException.Part.OPTIMIZER, mistake.part());
        assertEquals(name, mistake.name());
    }

    @Test
    void optimizersThatNeedDifferentBatchesDoNotGoTogether() {
        PipelineBuilder pipeline = classifier().optimizer(Formulas.sgd(0.1)).group("*.bias", new Formulas.Descent(0.1));
        IllegalStateException mistake = assertThrows(IllegalStateException.class, pipeline::build);
        assertTrue(mistake.getMessage().startsWith("the optimizer of [*.bias] takes the whole data set at a step, the run's a batch"), mistake.getMessage());
    }
}
