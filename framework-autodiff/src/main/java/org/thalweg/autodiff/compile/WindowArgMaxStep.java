package org.thalweg.autodiff.compile;

import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.kernel.WorkerPool;

/** The first largest element that a window sees, as its number in the plane; not-a-number counts as larger than all. The planes are shared among threads. */
final class WindowArgMaxStep implements Step {
    private static final int PARTS_PER_THREAD = 4;

    private final WindowGeometry geometry;
    private final int planes;
    private final int source;
    private final int target;
    private final int parts;
    private final WorkerPool.Task task = this::part;
    private Memory current;

    WindowArgMaxStep(Expression node, int source, int target, int threads) {
        this.geometry = WindowGeometry.of(((Op.WindowArgMax) node.op()).window(), node.input(0).shape());
        this.planes = node.shape().extent(0) * node.shape().extent(1);
        this.source = source;
        this.target = target;
        this.parts = Math.min(planes, PARTS_PER_THREAD * threads);
    }

    @Override
    public void run(Memory memory) {
        current = memory;
        memory.pool.run(parts, task);
    }

    private void part(int part, int worker) {
        int from = (int) ((long) part * planes / parts);
        int to = (int) ((part + 1L) * planes / parts);
        int[] numbers = (int[]) current.buffers[target];
        for (int plane = from; plane < to; plane++) {
            plane(plane * geometry.elements(), numbers, plane * geometry.positions());
        }
    }

    private void plane(int start, int[] numbers, int next) {
        if (geometry.isPairs() && current.buffers[source] instanceof float[] x) {
            pairs(x, start, numbers, next);
            return;
        }
        int at = next;
        for (int d = 0; d < geometry.positions(0); d++) {
            int firstD = geometry.first(0, d);
            int endD = geometry.end(0, d);
            for (int h = 0; h < geometry.positions(1); h++) {
                int firstH = geometry.first(1, h);
                int endH = geometry.end(1, h);
                for (int w = 0; w < geometry.positions(2); w++) {
                    numbers[at++] = current.buffers[source] instanceof float[] x
                            ? largest(x, start, firstD, endD, firstH, endH, geometry.first(2, w), geometry.end(2, w))
                            : largest((double[]) current.buffers[source], start, firstD, endD, firstH, endH, geometry.first(2, w), geometry.end(2, w));
                }
            }
        }
    }

    /** Windows of two by two elements inside the plane, by far the most common. Without branches, which nobody could predict. */
    private void pairs(float[] x, int start, int[] numbers, int next) {
        int width = geometry.extent(2);
        int at = next;
        for (int h = 0; h < geometry.positions(1); h++) {
            int number = h * geometry.strides()[1] * width;
            for (int w = 0; w < geometry.positions(2); w++) {
                int a = order(x[start + number]);
                int b = order(x[start + number + 1]);
                int c = order(x[start + number + width]);
                int d = order(x[start + number + width + 1]);
                int right = less(a, b);
                int lowerRight = less(c, d);
                int lower = less(Math.max(a, b), Math.max(c, d));
                numbers[at++] = number + (right & 1 & ~lower) + (width + (lowerRight & 1) & lower);
                number += geometry.strides()[2];
            }
        }
    }

    /** Whole numbers in the order of floating-point ones; both zeros are one, and not-a-number is the largest. */
    private static int order(float value) {
        int bits = Float.floatToIntBits(value + 0f);
        return bits ^ bits >> 31 & 0x7fffffff;
    }

    /** All bits where x is less than y, or none. */
    private static int less(int x, int y) {
        return (int) ((long) x - y >> 63);
    }

    private int largest(float[] x, int start, int firstD, int endD, int firstH, int endH, int firstW, int endW) {
        int best = -1;
        float largest = Float.NEGATIVE_INFINITY;
        for (int d = firstD; d < endD; d += geometry.dilation(0)) {
            for (int h = firstH; h < endH; h += geometry.dilation(1)) {
                int row = (d * geometry.extent(1) + h) * geometry.extent(2);
                for (int w = firstW; w < endW; w += geometry.dilation(2)) {
                    float value = x[start + row + w];
                    if (value > largest || best < 0 || value != value) {
                        largest = value;
                        best = row + w;
                    }
                }
            }
        }
        return best;
    }

    private int largest(double[] x, int start, int firstD, int endD, int firstH, int endH, int firstW, int endW) {
        int best = -1;
        double largest = Double.NEGATIVE_INFINITY;
        for (int d = firstD; d < endD; d += geometry.dilation(0)) {
            for (int h = firstH; h < endH; h += geometry.dilation(1)) {
                int row = (d * geometry.extent(1) + h) * geometry.extent(2);
                for (int w = firstW; w < endW; w += geometry.dilation(2)) {
                    double value = x[start + row + w];
                    if (value > largest || best < 0 || value != value) {
                        largest = value;
                        best = row + w;
                    }
                }
            }
        }
        return best;
    }

    @Override
    public int[] reads() {
        return new int[] {source};
    }

    @Override
    public int[] writes() {
        return new int[] {target};
    }
}
