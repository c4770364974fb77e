package org.thalweg.autodiff.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerPoolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyPartRunsExactlyOnceInHundredsOfThousandsOfTinyRegions(int threads) {
        int regions = threads > 3 ? 30_000 : 200_000;
        Random random = new Random(threads);
        int[] counts = new int[16];
        try (WorkerPool pool = new WorkerPool(threads)) {
            int[] expected = new int[16];
            for (int region = 0; region < regions; region++) {
                int parts = random.nextInt(17);
                // Plain writes: the pool itself must make them visible to the caller and to the next part that runs on another thread.
                pool.run(parts, (part, _) -> counts[part]++);
                for (int part = 0; part < parts; part++) {
                    expected[part]++;
                }
                if (!Arrays.equals(expected, counts)) {
                    assertEquals(Arrays.toString(expected), Arrays.toString(counts), "after region " + region + " of " + parts + " parts");
                }
            }
        }
    }

    @Test
    void alternatingTasksNeverReceiveEachOthersParts() {
        Random random = new Random(7);
        int[] first = new int[64];
        int[] second = new int[64];
        WorkerPool.Task firstTask = (part, _) -> first[part]++;
        WorkerPool.Task secondTask = (part, _) -> second[part]++;
        long firstExpected = 0, secondExpected = 0;
        try (WorkerPool pool = new WorkerPool(3)) {
            for (int region = 0; region < 100_000; region++) {
                int few = 1 + random.nextInt(4), many = 1 + random.nextInt(64);
                pool.run(few, firstTask);
                pool.run(many, secondTask);
                firstExpected += few;
                secondExpected += many;
            }
        }
        assertEquals(firstExpected, Arrays.stream(first).sum());
        assertEquals(secondExpected, Arrays.stream(second).sum());
    }

    @Test
    void noTwoPartsAtOneTimeHaveTheSameWorkerNumber() {
        AtomicIntegerArray busy = new AtomicIntegerArray(4);
        try (WorkerPool pool = new WorkerPool(4)) {
            assertEquals(4, pool.threads());
            for (int region = 0; region < 5_000; region++) {
                pool.run(9, (_, worker) -> {
                    assertEquals(1, busy.incrementAndGet(worker));
                    busy.decrementAndGet(worker);
                });
            }
        }
    }

    @Test
    void severalThreadsShareALongRegion() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch bothStarted = new CountDownLatch(2);
        try (WorkerPool pool = new WorkerPool(2)) {
            pool.run(2, (_, _) -> {
                seen.add(Thread.currentThread());
                bothStarted.countDown();
                await(bothStarted);
            });
        }
        assertEquals(2, seen.size());
    }

    @Test
    void workersThatParkedWakeForTheNextRegion() throws Exception {
        try (WorkerPool pool = new WorkerPool(3)) {
            for (int region = 0; region < 100; region++) {
                Thread.sleep(2);
                CountDownLatch allStarted = new CountDownLatch(3);
                pool.run(3, (_, _) -> {
                    allStarted.countDown();
                    await(allStarted);
                });
            }
        }
    }

    @Test
    void aCallerThatParkedWakesWhenTheLastPartEnds() {
        Random random = new Random(3);
        try (WorkerPool pool = new WorkerPool(2)) {
            for (int region = 0; region < 300; region++) {
                long nanos = random.nextInt(150_000);
                CountDownLatch bothStarted = new CountDownLatch(2);
                pool.run(2, (_, worker) -> {
                    bothStarted.countDown();
                    await(bothStarted);
                    long until = System.nanoTime() + (worker == 0 ? 0 : nanos);
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                });
            }
        }
    }

    @Test
    void onePartRunsOnTheCallingThread() {
        try (WorkerPool pool = new WorkerPool(4)) {
            Thread caller = Thread.currentThread();
            pool.run(1, (_, worker) -> {
                assertSame(caller, Thread.currentThread());
                assertEquals(0, worker);
            });
        }
    }

    @Test
    void aRegionInsideAPartRunsOnTheThreadOfThatPart() {
        AtomicInteger inner = new AtomicInteger();
        try (WorkerPool pool = new WorkerPool(3)) {
            for (int region = 0; region < 2_000; region++) {
                pool.run(5, (_, worker) -> {
                    Thread outer = Thread.currentThread();
                    pool.run(4, (_, innerWorker) -> {
                        assertSame(outer, Thread.currentThread());
                        assertEquals(worker, innerWorker);
                        inner.incrementAndGet();
                    });
                });
            }
        }
        assertEquals(2_000 * 5 * 4, inner.get());
    }

    @Test
    void callersOnSeveralThreadsDoNotDisturbEachOther() throws Exception {
        try (WorkerPool pool = new WorkerPool(3)) {
            AtomicInteger wrong = new AtomicInteger();
            List<Thread> callers = java.util.stream.IntStream.range(0, 3).mapToObj(_ -> new Thread(() -> {
                int[] counts = new int[8];
                for (int region = 1; region <= 20_000; region++) {
                    pool.run(8, (part, _) -> counts[part]++);
                    for (int count : counts) {
                        if (count != region) {
                            wrong.incrementAndGet();
                        }
                    }
                }
            })).toList();
            callers.forEach(Thread::start);
            for (Thread caller : callers) {
                caller.join();
            }
            assertEquals(0, wrong.get());
        }
    }

    @Test
    void whatAPartThrowsReachesTheCallerAndThePoolStaysUsable() {
        Random random = new Random(5);
        AtomicInteger running = new AtomicInteger();
        try (WorkerPool pool = new WorkerPool(3)) {
            for (int region = 0; region < 20_000; region++) {
                int bad = random.nextInt(6);
                Throwable planned = random.nextBoolean() ? new IllegalArgumentException("planned") : new AssertionError("planned");
                Throwable thrown = assertThrows(Throwable.class, () -> pool.run(6, (part, _) -> {
                    running.incrementAndGet();
                    try {
                        if (part == bad) {
                            throwAny(planned);
                        }
                    } finally {
                        running.decrementAndGet();
                    }
                }));
                assertSame(planned, thrown);
                assertEquals(0, running.get(), "parts still running after the exception");
                AtomicInteger parts = new AtomicInteger();
                pool.run(4, (_, _) -> parts.incrementAndGet());
                assertEquals(4, parts.get());
            }
        }
    }

    @Test
    void exceptionsOfOtherPartsAreSuppressedInTheFirst() {
        CountDownLatch bothStarted = new CountDownLatch(2);
        try (WorkerPool pool = new WorkerPool(2)) {
            IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> pool.run(2, (part, _) -> {
                bothStarted.countDown();
                await(bothStarted);
                throw new IllegalStateException("part " + part);
            }));
            assertEquals(1, thrown.getSuppressed().length);
        }
    }

    @Test
    void anInterruptedCallerFinishesTheRegionAndStaysInterrupted() {
        try (WorkerPool pool = new WorkerPool(2)) {
            CountDownLatch bothStarted = new CountDownLatch(2);
            AtomicInteger finished = new AtomicInteger();
            pool.run(2, (_, worker) -> {
                bothStarted.countDown();
                await(bothStarted);
                if (worker == 0) {
                    Thread.currentThread().interrupt();
                } else {
                    long until = System.nanoTime() + 5_000_000;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                }
                finished.incrementAndGet();
            });
            assertEquals(2, finished.get());
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void closeEndsItsThreadsWhetherTheySpinOrPark() throws Exception {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            WorkerPool pool = new WorkerPool(3);
            Set<Thread> seen = ConcurrentHashMap.newKeySet();
            CountDownLatch allStarted = new CountDownLatch(3);
            pool.run(3, (_, worker) -> {
                if (worker > 0) {
                    seen.add(Thread.currentThread());
                }
                allStarted.countDown();
                await(allStarted);
            });
            if (random.nextBoolean()) {
                Thread.sleep(random.nextInt(2), random.nextInt(500_000));
            }
            seen.forEach(thread -> assertTrue(thread.isDaemon() && thread.getName().matches("thalweg-worker-[12]"), thread.toString()));
            pool.close();
            assertEquals(2, seen.size());
            seen.forEach(thread -> assertFalse(thread.isAlive()));
            pool.close();
        }
    }

    @Test
    void aRegionAllocatesNothingOnAnyThread() throws Exception {
        Set<Long> threads = ConcurrentHashMap.newKeySet();
        int[] work = new int[64];
        WorkerPool.Task task = (part, _) -> work[part]++;
        try (WorkerPool pool = new WorkerPool(3)) {
            CountDownLatch allStarted = new CountDownLatch(3);
            pool.run(3, (_, _) -> {
                threads.add(Thread.currentThread().threadId());
                allStarted.countDown();
                await(allStarted);
            });
            for (int region = 0; region < 20_000; region++) {
                pool.run(64, task);
            }
            long before = allocatedBytes(threads);
            int regions = 50_000;
            for (int region = 0; region < regions; region++) {
                pool.run(64, task);
            }
            long allocated = allocatedBytes(threads) - before;
            assertTrue(allocated < regions, allocated + " bytes: not even one a region could be, and asking takes a few");
        }
    }

    /** By reflection, because the module under test does not read the management module. */
    private static long allocatedBytes(Set<Long> threads) throws Exception {
        Object bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
        Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
        long sum = 0;
        for (long thread : threads) {
            sum += (long) type.getMethod("getThreadAllocatedBytes", long.class).invoke(bean, thread);
        }
        return sum;
    }

    @Test
    void aClosedPoolRefusesWork() {
        for (int threads = 1; threads <= 2; threads++) {
            WorkerPool pool = new WorkerPool(threads);
            pool.close();
            assertEquals("the worker pool is closed",
                    assertThrows(IllegalStateException.class, () -> pool.run(1, (_, _) -> { })).getMessage());
        }
    }

    @Test
    void aPartCannotCloseItsPool() {
        try (WorkerPool pool = new WorkerPool(2)) {
            Runnable close = pool::close;
            assertThrows(IllegalStateException.class, () -> pool.run(2, (_, _) -> close.run()));
            pool.run(2, (_, _) -> { });
        }
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new WorkerPool(0));
        try (WorkerPool pool = new WorkerPool(2)) {
            assertThrows(IllegalArgumentException.class, () -> pool.run(-1, (_, _) -> { }));
            assertThrows(IllegalArgumentException.class, () -> pool.run(1 << 20, (_, _) -> { }));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(50, TimeUnit.SECONDS), "the other threads never came");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
