package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.GemmKernel;

@Timeout(120)
class WarmUpTest {
    /** A candidate that is done after some turns. */
    private static WarmUp.Candidate turns(int count, AtomicInteger made, CountDownLatch done) {
        return () -> {
            boolean last = made.incrementAndGet() == count;
            if (last) {
                done.countDown();
            }
            return last;
        };
    }

    @Test
    void aCandidateHasTurnsUntilItIsDoneAndAThreadAsLongAsThereIsOne() throws InterruptedException {
        try (WarmUp warmUp = new WarmUp()) {
            for (int round = 0; round < 3; round++) {
                AtomicInteger few = new AtomicInteger();
                AtomicInteger many = new AtomicInteger();
                CountDownLatch done = new CountDownLatch(2);
                warmUp.submit(turns(2, few, done), 0);
                warmUp.submit(turns(7, many, done));
                assertTrue(done.await(60, TimeUnit.SECONDS));
                while (warmUp.isAtWork()) {
                    Thread.sleep(1);
                }
                assertEquals(2, few.get());
                assertEquals(7, many.get());
            }
        }
    }

    @Test
    void nothingIsCalledAfterTheEnd() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        WarmUp warmUp = new WarmUp();
        warmUp.submit(() -> {
            calls.incrementAndGet();
            begun.countDown();
            return false;
        }, 0);
        assertTrue(begun.await(60, TimeUnit.SECONDS));
        warmUp.close();
        int before = calls.get();
        warmUp.submit(() -> calls.incrementAndGet() < 0, 0);
        Thread.sleep(20);
        assertEquals(before, calls.get());
    }

    @Test
    void theUsualProductsGetReadyBeforeThereIsAProgram() throws InterruptedException {
        if (Runtime.getRuntime().availableProcessors() == 1) {
            return;
        }
        CpuBackend.warmUp();
        Gemm gemm = Gemm.of(DType.FLOAT32, PreferredVectors.bits());
        while (!gemm.practice().isReady(GemmKernel.USUAL)) {
            Thread.sleep(10);
        }
    }
}
