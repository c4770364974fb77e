package org.thalweg.autodiff.kernel;

import java.util.Arrays;
import org.thalweg.api.tensor.DType;

/** Gets the loops of the plain products compiled, with which a program starts, while it is still being traced: its first steps need nothing else as much. */
public final class PlainPractice {
    private static final int ROWS = 8;
    private static final int WIDTH = 64;
    private static final double READY_NANOS = 2000;
    private static final PlainPractice SHARED = new PlainPractice();

    private final Exercise[] exercises;
    private boolean ready;

    private PlainPractice() {
        GemmWorkspace workspace = new GemmWorkspace(DType.FLOAT32, 0, 0);
        float[] a = new float[WIDTH * PlainProducts.STEPS];
        Arrays.fill(a, 0.75f);
        float[] c = new float[ROWS * ROWS];
        exercises = new Exercise[] {
            new Exercise(64, (extent, turn) -> PlainProducts.add(extent.of(ROWS), WIDTH, PlainProducts.STEPS, a, 0, PlainProducts.STEPS, 1, workspace)),
            new Exercise(64, (extent, turn) -> PlainProducts.copyColumns(PlainProducts.STEPS, extent.of(WIDTH), a, 0, PlainProducts.STEPS, workspace)),
            new Exercise(64, (extent, turn) -> PlainProducts.multiply(turn % 4 == 0, turn % 4 < 2, 0, extent.of(ROWS), 0, ROWS, ROWS, a, 0, ROWS, a, 0, ROWS,
                    c, 0, ROWS, turn % 8 < 4, workspace)),
        };
    }

    /** The one for all programs in the JVM. */
    public static PlainPractice shared() {
        return SHARED;
    }

    /** Calls the loops some times; whether they are compiled. */
    public synchronized boolean practise() {
        if (!ready) {
            boolean all = true;
            for (Exercise exercise : exercises) {
                exercise.practise();
                all &= exercise.isRunIn(READY_NANOS);
            }
            ready = all;
        }
        return ready;
    }
}
