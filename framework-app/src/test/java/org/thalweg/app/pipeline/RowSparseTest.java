package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.autodiff.layer.Embedding;
import org.thalweg.data.ColumnValues;
import org.thalweg.data.InMemory;
import org.thalweg.optim.Adagrad;
import org.thalweg.optim.ClipByValue;
import org.thalweg.optim.Lamb;
import org.thalweg.optim.RowSparse;

/** Updates of single rows of an embedding's table. */
class RowSparseTest {
    private static final int ROWS = 7;
    private static final int UNITS = 2;
    /** Two picks a row of the data, three rows a batch: 3 comes twice in the first batch, 0 in the second; 5 and 6 never. */
    private static final int[] PICKS = {3, 1, 3, 2, 4, 1, 0, 0, 1, 0, 2, 3};
    private static final double[] TARGETS = new Random(3).doubles(PICKS.length * UNITS, -1, 1).toArray();

    private static PipelineBuilder pipeline(PipelineBuilder builder, Optimizer optimizer) {
        Dataset data = InMemory.of(ColumnValues.integers(Column.INPUT, Shape.of(2), PICKS),
                ColumnValues.numbers(Column.TARGET, Shape.of(2, UNITS), TARGETS));
        return builder.dtype(DType.FLOAT64)
                .training(data)
                .model(Embedding.of(ROWS, UNITS))
                .loss(new Formulas.Squared(Reduction.SUM))
                .optimizer(optimizer)
                .batchSize(3)
                .rowOrder(epoch -> IntStream.range(0, PICKS.length / 2).toArray())
                .epochs(3);
    }

    @ParameterizedTest
    @EnumSource
    void aroundAdamItIsPyTorchsSparseAdam(Computer computer) {
        Pipeline pipeline = pipeline(computer.pipeline(), new RowSparse(Formulas.adam(0.1))).build();
        double[] table = pipeline.initialWeights().parameters().get("weight").values();
        double[] m = new double[table.length];
        double[] v = new double[table.length];
        for (int step = 1; step <= 6; step++) {
            sparseAdam(table, m, v, step, step % 2 == 1 ? 0 : 6);
        }
        TrainingResult result = pipeline.train();

        assertArrayEquals(table, result.finalWeights().parameters().get("weight").values(), 1e-12);
        assertArrayEquals(m, result.optimizerState().get("weight/m").values(), 1e-12);
        assertArrayEquals(v, result.optimizerState().get("weight/v").values(), 1e-12);
    }

    /** torch.optim.SparseAdam, number by number: the gradient is coalesced, then the moments of its rows are updated. */
    private static void sparseAdam(double[] table, double[] m, double[] v, int step, int from) {
        double[] gradient = new double[table.length];
        boolean[] touched = new boolean[ROWS];
        for (int i = from; i < from + 6; i++) {
            touched[PICKS[i]] = true;
            for (int j = 0; j < UNITS; j++) {
                int at = PICKS[i] * UNITS + j;
                gradient[at] += 2 * (table[at] - TARGETS[i * UNITS + j]);
            }
        }
        for (int at = 0; at < table.length; at++) {
            if (touched[at / UNITS]) {
                m[at] += 0.1 * (gradient[at] - m[at]);
                v[at] += 0.001 * (gradient[at] * gradient[at] - v[at]);
                double stepSize = 0.1 * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
                // PyTorch adds epsilon before the correction; here the difference is far below the tolerance.
                table[at] -= stepSize * m[at] / (Math.sqrt(v[at]) + 1e-8 * Math.sqrt(1 - Math.pow(0.999, step)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void descentAndAdaGradGiveTheSameBitsAsWithout(Computer computer) {
        for (Optimizer optimizer : new Optimizer[] {Formulas.sgd(0.1), Settings.of(Adagrad.class, Map.of())}) {
            assertEquals(pipeline(computer.pipeline(), optimizer).build().train().finalWeights(),
                    pipeline(computer.pipeline(), new RowSparse(optimizer)).build().train().finalWeights());
        }
    }

    @Test
    void whatNeedsTheWholeTableIsRefused() {
        LocatedShapeException norm = assertThrows(LocatedShapeException.class,
                () -> pipeline(Pipeline.builder(), new RowSparse(Settings.of(Lamb.class, Map.of()))).build().train());
        assertTrue(norm.getMessage().startsWith("row-sparse: does not compute element by element, so it cannot change single rows of a table: "), norm.getMessage());
        GradientTransform clip = Settings.of(ClipByValue.class, Map.of("limit", 1));
        LocatedShapeException transform = assertThrows(LocatedShapeException.class,
                () -> pipeline(Pipeline.builder(), new RowSparse(Formulas.sgd(1))).gradientTransforms(clip).build().train());
        assertTrue(transform.getMessage().startsWith("a gradient transform changes every row of the gradient of 'weight'"), transform.getMessage());
        assertThrows(IllegalStateException.class, () -> pipeline(Pipeline.builder(), new RowSparse(Formulas.sgd(1))).accumulate(2).build());
    }

    /** Times are printed, not judged. */
    @Test
    void untouchedRowsOfALargeTableCostNothing() {
        double dense = secondsAStep(Formulas.adam(0.1), 6);
        double sparse = secondsAStep(new RowSparse(Formulas.adam(0.1)), 100);
        System.out.printf("a table of 10^6 x 16, 64 picks: %.3f ms a step, %.3f ms with row-sparse, 1 : %.0f%n", dense * 1e3, sparse * 1e3, dense / sparse);
        assertTrue(sparse > 0);
    }

    private static double secondsAStep(Optimizer optimizer, int steps) {
        int[] picks = new Random(1).ints(64L * steps, 0, 1_000_000).toArray();
        Dataset data = InMemory.of(ColumnValues.integers(Column.INPUT, Shape.scalar(), picks),
                ColumnValues.numbers(Column.TARGET, Shape.of(16), new double[16 * picks.length]));
        long[] times = new long[steps + 1];
        Pipeline.builder().training(data).model(new Embedding(1_000_000, 16, Optional.empty(),
                        Optional.of((shape, random) -> new double[(int) shape.size()])))
                .loss(new Formulas.Squared(Reduction.MEAN)).optimizer(optimizer).batchSize(64).threads(1).listenEverySteps(1)
                .listener(new TrainingListener() {
                    @Override
                    public void stepEnded(StepEnded event) {
                        times[(int) event.step()] = System.nanoTime();
                    }
                })
                .build().train();
        double[] differences = IntStream.range(steps / 2, steps).mapToDouble(i -> (times[i + 1] - times[i]) * 1e-9).sorted().toArray();
        return differences[differences.length / 2];
    }
}
