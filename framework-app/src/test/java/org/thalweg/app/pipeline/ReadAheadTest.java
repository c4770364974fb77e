package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.pipeline.BatchColumns.BatchColumn;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Dropout;
import org.thalweg.autodiff.layer.Tanh;
import org.thalweg.data.Csv;
import org.thalweg.data.Split;
import org.thalweg.data.Standardise;

/** Reading the next batch while the program computes with the present one. */
@Timeout(60)
class ReadAheadTest {
    private static final int ROWS = 130;

    /** A data set of which the rows from some number on cannot be read, and that remembers who read it. */
    private static final class Distant implements Dataset {
        private final Dataset data = Tables.corners(ROWS);
        private final int lost;
        private final boolean inMemory;
        private final Set<Thread> readers = ConcurrentHashMap.newKeySet();

        Distant(int lost, boolean inMemory) {
            this.lost = lost;
            this.inMemory = inMemory;
        }

        @Override
        public Schema schema() {
            return data.schema();
        }

        @Override
        public int size() {
            return data.size();
        }

        @Override
        public boolean isInMemory() {
            return inMemory;
        }

        @Override
        public void read(int column, int[] rows, int from, int count, float[] target) {
            check(rows, from, count);
            data.read(column, rows, from, count, target);
        }

        @Override
        public void read(int column, int[] rows, int from, int count, double[] target) {
            check(rows, from, count);
            data.read(column, rows, from, count, target);
        }

        @Override
        public void read(int column, int[] rows, int from, int count, int[] target) {
            check(rows, from, count);
            data.read(column, rows, from, count, target);
        }

        private void check(int[] rows, int from, int count) {
            readers.add(Thread.currentThread());
            for (int at = from; at < from + count; at++) {
                if (rows[at] >= lost) {
                    throw new DataException("row " + rows[at] + " is gone");
                }
            }
        }

        /** Those who read ahead. */
        private Set<Thread> others() {
            Set<Thread> others = ConcurrentHashMap.newKeySet();
            others.addAll(readers);
            others.remove(Thread.currentThread());
            return others;
        }
    }

    private static PipelineBuilder classifier(Dataset data) {
        return Pipeline.builder()
                .threads(2)
                .seed(3)
                .training(data)
                .model(Dense.of(8), new Tanh(), new Dropout(0.2), Dense.of(3))
                .loss(Formulas.crossEntropy())
                .optimizer(Formulas.adam(0.02))
                .batchSize(16)
                .epochs(4);
    }

    private static int[] inOrder() {
        return IntStream.range(0, ROWS).toArray();
    }

    @Test
    void aTrainingThatReadsAheadHasTheSameBits() {
        Distant near = new Distant(ROWS, true);
        Distant far = new Distant(ROWS, false);
        Recorder[] recorders = {new Recorder(), new Recorder()};
        TrainingResult expected = classifier(near).validation(Tables.corners(40)).listenEverySteps(1).listener(recorders[0]).build().train();
        TrainingResult found = classifier(far).validation(Tables.corners(40)).listenEverySteps(1).listener(recorders[1]).build().train();
        assertEquals(expected.finalWeights(), found.finalWeights());
        assertEquals(expected.metrics(), found.metrics());
        assertEquals(recorders[0].steps, recorders[1].steps);
        assertEquals(Set.of(), near.others());
        assertEquals(1, far.others().size(), "one thread reads ahead: " + far.readers);
    }

    @Test
    void aTrainingOnAFileThatIsHeldOnDiskHasTheBitsOfOneThatIsHeldInMemory(@TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("x,y,kind\n");
        Random random = new Random(11);
        for (int row = 0; row < 200; row++) {
            text.append(random.nextGaussian()).append(',').append(row).append(',').append("abc".charAt(row % 3)).append('\n');
        }
        Files.writeString(folder.resolve("data.csv"), text);
        List<Weights> weights = new ArrayList<>();
        for (String memory : List.of("heap", "disk")) {
            DataSource source = Settings.of(Csv.class, Map.of("file", "data.csv", "target", "kind", "memory", memory));
            try (Dataset data = source.open(new DataContext(folder))) {
                assertEquals(memory.equals("heap"), data.isInMemory());
                Split split = Split.of(data, 0.2, true, 5);
                Dataset training = new Standardise(Column.INPUT).fit(split.rest()).apply(split.rest());
                weights.add(classifier(training).build().train().finalWeights());
            }
        }
        assertEquals(weights.getFirst(), weights.getLast());
    }

    @Test
    void theThreadIsGoneHoweverARunEnds() {
        Distant done = new Distant(ROWS, false);
        classifier(done).build().train();
        assertGone(done);

        Distant cancelled = new Distant(ROWS, false);
        AtomicInteger asked = new AtomicInteger();
        TrainingResult result = classifier(cancelled).cancelWhen(() -> asked.incrementAndGet() == 4).build().train();
        assertEquals(StopReason.Kind.CANCELLED, result.reason().kind());
        assertEquals(3, result.steps());
        assertGone(cancelled);

        Distant failed = new Distant(ROWS, false);
        Pipeline failing = classifier(failed).listenEverySteps(1).listener(new TrainingListener() {
            @Override
            public void stepEnded(StepEnded event) {
                throw new IllegalStateException("the listener failed");
            }
        }).build();
        assertEquals("the listener failed", assertThrows(IllegalStateException.class, failing::train).getMessage());
        assertGone(failed);
    }

    @Test
    void whatCannotBeReadAheadIsTheErrorThatItWouldBeWithout() {
        AtomicInteger steps = new AtomicInteger();
        for (boolean inMemory : new boolean[] {true, false}) {
            Distant data = new Distant(70, inMemory);
            steps.set(0);
            Pipeline pipeline = classifier(data).rowOrder(epoch -> inOrder()).listenEverySteps(1).listener(new TrainingListener() {
                @Override
                public void stepEnded(StepEnded event) {
                    steps.incrementAndGet();
                }
            }).build();
            assertEquals("row 70 is gone", assertThrows(DataException.class, pipeline::train).getMessage());
            assertEquals(4, steps.get(), "the batches before it are trained with");
            assertGone(data);
        }
    }

    @Test
    void aReaderThatIsInterruptedReadsAllTheSameAndStaysInterrupted() {
        Distant data = new Distant(ROWS, false);
        Thread.currentThread().interrupt();
        try (ReadAhead ahead = new ReadAhead(data)) {
            BatchColumn column = new BatchColumn(
                    data.schema().column("input"), DType.FLOAT64, new double[2 * 16]);
            BatchColumn[] columns = {column};
            double[] expected = new double[2 * 16];
            int[] rows = inOrder();
            for (int from : new int[] {0, 16, 32, 96, 112, 0}) {
                ahead.read(columns, new int[] {0}, rows, from, 16);
                Tables.corners(ROWS).read(0, rows, from, 16, expected);
                assertArrayEquals(expected, (double[]) column.array());
            }
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(1, data.others().size());
        assertGone(data);
    }

    private static void assertGone(Distant data) {
        for (Thread thread : data.others()) {
            assertFalse(thread.isAlive(), () -> thread + " is still there");
        }
    }
}
