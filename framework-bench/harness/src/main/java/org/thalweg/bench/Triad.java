package org.thalweg.bench;

import java.util.concurrent.Phaser;
import org.thalweg.app.workload.Operation;

/** What memory can do: {@code a = b + 3 c} in a plain loop over arrays as long as those of the optimizers' steps. */
final class Triad implements Operation {
    private static final int LENGTH = 10_000_000;

    /** Read and written. */
    static final double BYTES = 3.0 * Float.BYTES * LENGTH;

    private final float[] a = new float[LENGTH];
    private final float[] b = new float[LENGTH];
    private final float[] c = new float[LENGTH];
    private final int threads;
    private final Phaser begin;
    private final Phaser end;

    Triad(int threads) {
        this.threads = threads;
        begin = new Phaser(threads);
        end = new Phaser(threads);
        java.util.Arrays.fill(b, 1);
        java.util.Arrays.fill(c, 2);
        for (int part = 1; part < threads; part++) {
            int mine = part;
            Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    begin.arriveAndAwaitAdvance();
                    compute(mine);
                    end.arriveAndAwaitAdvance();
                }
            });
        }
    }

    private void compute(int part) {
        int last = (int) ((long) LENGTH * (part + 1) / threads);
        for (int i = (int) ((long) LENGTH * part / threads); i < last; i++) {
            a[i] = b[i] + 3 * c[i];
        }
    }

    @Override
    public void run() {
        begin.arriveAndAwaitAdvance();
        compute(0);
        end.arriveAndAwaitAdvance();
    }

    @Override
    public double[] figures() {
        return new double[] {a[0], a[LENGTH - 1]};
    }
}
