package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.layer.spatial.RandomFlip;
import org.thalweg.autodiff.layer.spatial.RandomShift;

/** Pictures that training changes at random. */
class RandomPictureTest {
    private static final int ROWS = 200;
    private static final int HEIGHT = 3;
    private static final int WIDTH = 4;
    private static final Shape PICTURES = Shape.of(ROWS, 2, HEIGHT, WIDTH);

    @Test
    void everyPictureIsMirroredAsAWholeOrNotAtAll() {
        double[] values = pictures();
        double[] output = applied(new RandomFlip(0.5), values);
        int mirrored = 0;
        for (int row = 0; row < ROWS; row++) {
            boolean flipped = output[at(row, 0, 0, 0)] != values[at(row, 0, 0, 0)];
            mirrored += flipped ? 1 : 0;
            for (int channel = 0; channel < 2; channel++) {
                for (int y = 0; y < HEIGHT; y++) {
                    for (int x = 0; x < WIDTH; x++) {
                        assertEquals(values[at(row, channel, y, flipped ? WIDTH - 1 - x : x)], output[at(row, channel, y, x)]);
                    }
                }
            }
        }
        assertTrue(mirrored > 60 && mirrored < 140, mirrored + " of " + ROWS);
    }

    @Test
    void aProbabilityOfOneMirrorsEveryPicture() {
        double[] values = pictures();
        double[] output = applied(new RandomFlip(1), values);
        assertTrue(IntStream.range(0, ROWS).allMatch(row -> output[at(row, 1, 2, 0)] == values[at(row, 1, 2, WIDTH - 1)]));
    }

    @Test
    void everyPictureMovesAsAWholeAndZerosComeIn() {
        double[] values = pictures();
        double[] output = applied(new RandomShift(List.of(1, 2)), values);
        Set<String> moves = new TreeSet<>();
        for (int row = 0; row < ROWS; row++) {
            String move = move(values, output, row);
            assertTrue(!move.isEmpty(), "row " + row + ": " + Arrays.toString(Arrays.copyOfRange(output, at(row, 0, 0, 0), at(row + 1, 0, 0, 0))));
            moves.add(move);
        }
        // Each of 3 x 5 moves is missed by 200 rows with a probability of 1e-6.
        assertEquals(15, moves.size(), moves.toString());
    }

    /** The move that makes the output of the input; empty where none does. */
    private static String move(double[] values, double[] output, int row) {
        for (int down = -1; down <= 1; down++) {
            for (int right = -2; right <= 2; right++) {
                if (moved(values, output, row, down, right)) {
                    return down + "," + right;
                }
            }
        }
        return "";
    }

    private static boolean moved(double[] values, double[] output, int row, int down, int right) {
        for (int channel = 0; channel < 2; channel++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    boolean inside = y + down >= 0 && y + down < HEIGHT && x + right >= 0 && x + right < WIDTH;
                    if (output[at(row, channel, y, x)] != (inside ? values[at(row, channel, y + down, x + right)] : 0)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    @Test
    void outsideTrainingThePictureIsTheInputItself() {
        TracedContext context = TracedContext.of(false);
        Expression x = context.graph().input("x", PICTURES, DType.FLOAT32);
        assertSame(x, new RandomFlip(0.5).apply(context, x));
        assertSame(x, new RandomShift(List.of(2)).apply(context, x));
    }

    @Test
    void theSameSeedMakesTheSamePictures() {
        double[] values = pictures();
        assertArrayEquals(applied(new RandomShift(List.of(1)), values), applied(new RandomShift(List.of(1)), values));
    }

    @Test
    void whatIsNoPictureIsRefusedWithItsShape() {
        assertEquals("random-flip at '': the input must be [rows, channels, spatial axes...], but has the shape [8, 28]", mistake(new RandomFlip(0.5)));
        assertEquals("random-shift at '': the input must be [rows, channels, spatial axes...], but has the shape [8, 28]",
                mistake(new RandomShift(List.of(2))));
    }

    private static String mistake(Layer layer) {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(8, 28), DType.FLOAT64);
        return assertThrows(ShapeException.class, () -> layer.apply(context, x)).getMessage();
    }

    /** All different, none 0. */
    private static double[] pictures() {
        return IntStream.rangeClosed(1, (int) PICTURES.size()).asDoubleStream().toArray();
    }

    private static int at(int row, int channel, int y, int x) {
        return ((row * 2 + channel) * HEIGHT + y) * WIDTH + x;
    }

    private static double[] applied(Layer layer, double[] values) {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", PICTURES, DType.FLOAT64);
        Map<Expression, double[]> leaves = new HashMap<>(Map.of(x, values));
        return Evaluation.of(List.of((Expression) layer.apply(context, x)), leaves).getFirst();
    }
}
