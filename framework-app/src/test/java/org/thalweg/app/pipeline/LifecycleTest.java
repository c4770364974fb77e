package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Dropout;
import org.thalweg.autodiff.layer.Tanh;

/** How runs begin, end and live side by side. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class LifecycleTest {
    @Parameter
    Computer computer;

    private PipelineBuilder classifier(long seed) {
        return computer.pipeline()
                .seed(seed)
                .training(Tables.corners(50))
                .model(Dense.of(8), new Tanh(), new Dropout(0.2), Dense.of(3))
                .loss(Formulas.crossEntropy())
                .optimizer(Formulas.adam(0.02))
                .batchSize(16)
                .listenEverySteps(1);
    }

    @Test
    void aRunThatIsCancelledWithinAStepStopsAfterIt() {
        AtomicReference<Pipeline> pipeline = new AtomicReference<>();
        Recorder recorder = new Recorder();
        pipeline.set(classifier(1).epochs(9).listener(recorder, new TrainingListener() {
            @Override
            public void stepEnded(StepEnded event) {
                if (event.step() == 6) {
                    pipeline.get().cancel();
                }
            }
        }).test(Tables.corners(9)).build());
        TrainingResult result = pipeline.get().train();

        assertEquals(new StopReason(StopReason.Kind.CANCELLED, "the run was cancelled after step 6"), result.reason());
        assertEquals(6, result.steps());
        assertEquals(1, result.epochs());
        assertEquals(Set.of("train.loss"), result.metrics().keySet());
        assertEquals(result.reason(), recorder.ended.getFirst().reason());
    }

    @Test
    void anotherThreadCanCancel() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Pipeline pipeline = classifier(1).epochs(Integer.MAX_VALUE).listener(new TrainingListener() {
            @Override
            public void stepEnded(StepEnded event) {
                running.countDown();
            }
        }).build();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<TrainingResult> result = threads.submit(pipeline::train);
            running.await();
            pipeline.cancel();
            assertEquals(StopReason.Kind.CANCELLED, result.get().reason().kind());
        }
    }

    @Test
    void aCallerMayBeAskedWhetherToGoOn() {
        Recorder recorder = new Recorder();
        TrainingResult result = classifier(1).epochs(9).listener(recorder).cancelWhen(() -> recorder.steps.size() == 5).build().train();
        assertEquals(StopReason.Kind.CANCELLED, result.reason().kind());
        assertEquals(5, result.steps());
    }

    @Test
    void aRunThatIsCancelledWhileItIsValidatedDoesNotEndTheEpoch() {
        AtomicInteger asked = new AtomicInteger();
        // Four steps ask before they begin, then the epoch asks, then the first batch of the validation.
        TrainingResult result = classifier(1).validation(Tables.corners(20)).cancelWhen(() -> asked.incrementAndGet() == 6).build().train();
        assertEquals(StopReason.Kind.CANCELLED, result.reason().kind());
        assertEquals(4, result.steps());
        assertEquals(0, result.epochs());
    }

    @Test
    void aPipelineThatWasCancelledBeforeItTrainsDoesNoStep() {
        Pipeline pipeline = classifier(1).build();
        pipeline.cancel();
        TrainingResult result = pipeline.train();
        assertEquals(StopReason.Kind.CANCELLED, result.reason().kind());
        assertEquals(0, result.steps());
    }

    @Test
    void pipelinesTrainSideBySideWithoutTouchingEachOther() throws Exception {
        List<Weights> alone = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            alone.add(classifier(seed).epochs(3).build().train().finalWeights());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<TrainingResult>> together = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                together.add(threads.submit(classifier(seed).epochs(3).build()::train));
            }
            for (int seed = 0; seed < 4; seed++) {
                assertEquals(alone.get(seed), together.get(seed).get().finalWeights());
            }
        }
    }

    @Test
    void noThreadIsLeftHoweverARunEnds() throws InterruptedException {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        classifier(1).build().train();
        Pipeline failing = classifier(1).listener(new TrainingListener() {
            @Override
            public void stepEnded(StepEnded event) {
                throw new IllegalStateException("the disk is full");
            }
        }).build();
        assertEquals("the disk is full", assertThrows(IllegalStateException.class, failing::train).getMessage());
        Pipeline evaluated = classifier(1).build();
        evaluated.evaluate("test", Tables.corners(20));
        AtomicInteger asked = new AtomicInteger();
        TrainingResult cancelled = classifier(1).epochs(9).cancelWhen(() -> asked.incrementAndGet() == 6).build().train();
        assertEquals(StopReason.Kind.CANCELLED, cancelled.reason().kind());
        Pipeline untraceable = classifier(1).model((context, input) -> {
            throw new IllegalStateException("no such layer");
        }).build();
        assertThrows(IllegalStateException.class, untraceable::train);

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            assertTrue(before.contains(thread) || thread.join(Duration.ofSeconds(1)) || isOfTheJvm(thread), () -> thread + " is still there");
        }
    }

    /** Threads that the JVM or another test of this JVM starts when it likes. */
    private static boolean isOfTheJvm(Thread thread) {
        String group = thread.getThreadGroup() == null ? "system" : thread.getThreadGroup().getName();
        return group.equals("system") || group.equals("InnocuousThreadGroup");
    }
}
