package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.optim.Noise;

/** Noise on gradients that are 0, seen through descent with a learning rate of 1. */
class NoiseTest {
    private static final int SIZE = 40_000;

    private static Layer still(String... names) {
        return (context, input) -> {
            for (String name : names) {
                input = input.add(context.parameter(name, Shape.of(SIZE), (shape, random) -> new double[SIZE]).sum().mul(0));
            }
            return input;
        };
    }

    private static PipelineBuilder pipeline(Map<String, ?> settings, String... names) {
        return Pipeline.builder()
                .threads(1)
                .training(Tables.numbers(new double[] {1, 2, 3}, new double[3]))
                .model(still(names))
                .loss(new Formulas.Squared(Reduction.MEAN))
                .optimizer(Formulas.sgd(1))
                .batchSize(1)
                .gradientTransforms(Settings.of(Noise.class, settings));
    }

    private static double[] moved(PipelineBuilder pipeline, String name) {
        return pipeline.build().train().finalWeights().parameters().get(name).values();
    }

    private static double moment(double[] values, int power) {
        return Arrays.stream(values).map(x -> Math.pow(x, power)).average().orElseThrow();
    }

    @Test
    void theFirstStepsNoiseIsNormalWithVarianceEta() {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            double[] noise = moved(pipeline(Map.of("eta", 4)).dtype(dtype).model(still("a")).batchSize(3), "a");

            // Four standard errors each, for 40,000 numbers.
            assertEquals(0, moment(noise, 1), 4 * 2 / 200.0);
            assertEquals(4, moment(noise, 2), 4 * 4 * Math.sqrt(2) / 200);
            assertEquals(0, moment(noise, 3), 4 * 8 * Math.sqrt(15) / 200);
            assertEquals(3 * 16, moment(noise, 4), 4 * 16 * Math.sqrt(96) / 200);
        }
    }

    @Test
    void theVarianceFallsWithTheSteps() {
        double[] three = moved(pipeline(Map.of("eta", 1, "gamma", 2), "a"), "a");

        // Independent, so the variances add up: 1 + 1/4 + 1/9.
        assertEquals(1 + 1 / 4.0 + 1 / 9.0, moment(three, 2), 0.04);
    }

    @Test
    void itDependsOnSeedAndPathAloneAndNotOnThreadsOrOtherParameters() {
        double[] alone = moved(pipeline(Map.of(), "a"), "a");

        assertArrayEquals(alone, moved(pipeline(Map.of(), "a"), "a"));
        assertArrayEquals(alone, moved(pipeline(Map.of(), "a").threads(3), "a"));
        assertArrayEquals(alone, moved(pipeline(Map.of(), "b", "a"), "a"));
        assertArrayEquals(alone, moved(pipeline(Map.of(), "b", "a").freeze("b"), "a"));
        assertNotEquals(alone[0], moved(pipeline(Map.of(), "a").seed(7), "a")[0]);
        double[] other = moved(pipeline(Map.of(), "a", "b"), "b");
        assertNotEquals(alone[0], other[0]);
        assertEquals(0, Arrays.stream(product(alone, other)).average().orElseThrow() / moment(alone, 2), 4 / 200.0);
    }

    @Test
    void onlyParametersThatMatchGetNoise() {
        PipelineBuilder pipeline = pipeline(Map.of("parameters", "b*"), "a", "b");

        assertEquals(0, moment(moved(pipeline, "a"), 2));
        assertNotEquals(0, moment(moved(pipeline, "b"), 2));
    }

    private static double[] product(double[] a, double[] b) {
        double[] product = new double[a.length];
        Arrays.setAll(product, i -> a[i] * b[i]);
        return product;
    }
}
