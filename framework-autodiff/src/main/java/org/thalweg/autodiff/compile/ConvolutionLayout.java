package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Window;

/**
 * How a convolution lays out its planes so that no window is ever copied. Each plane is split into its phases, one for each remainder by the strides, with the
 * padding around. In a phase the windows of neighbouring positions lie side by side: what element k of the window sees at all positions is the phase itself,
 * shifted by a number that belongs to k. So the matrix of all that the window sees has rows that are views of one array. The price are columns between the
 * rows of the positions that nobody asked for.
 *
 * @param geometry of the window
 * @param grid the extents of a phase
 * @param plane the elements of a phase, rounded up so that planes of a batch follow each other in whole lanes
 * @param phases those that some element of the window sees, each the remainders along the axes
 * @param phaseOf the phase of each element of the window
 * @param shifts of each element of the window within its phase
 */
record ConvolutionLayout(WindowGeometry geometry, int[] grid, int plane, List<int[]> phases, int[] phaseOf, int[] shifts) {
    private static final int ALIGNMENT = 16;

    /** Over [n, c, spatial...]. */
    static ConvolutionLayout of(Window window, Shape whole) {
        WindowGeometry geometry = WindowGeometry.of(window, whole);
        int[] grid = new int[WindowGeometry.AXES];
        for (int axis = 0; axis < grid.length; axis++) {
            grid[axis] = geometry.positions(axis) + (geometry.sizes()[axis] - 1) * geometry.dilation(axis) / geometry.strides()[axis];
        }
        List<int[]> phases = new ArrayList<>();
        int[] phaseOf = new int[geometry.size()];
        int[] shifts = new int[geometry.size()];
        int[] sizes = geometry.sizes();
        for (int k = 0; k < shifts.length; k++) {
            int[] element = {k / sizes[2] / sizes[1], k / sizes[2] % sizes[1], k % sizes[2]};
            int[] phase = new int[element.length];
            for (int axis = 0; axis < element.length; axis++) {
                int distance = element[axis] * geometry.dilation(axis);
                phase[axis] = distance % geometry.strides()[axis];
                shifts[k] = shifts[k] * grid[axis] + distance / geometry.strides()[axis];
            }
            phaseOf[k] = number(phases, phase);
        }
        return new ConvolutionLayout(geometry, grid, roundUp(grid[0] * grid[1] * grid[2]), phases, phaseOf, shifts);
    }

    private static int number(List<int[]> phases, int[] phase) {
        for (int i = 0; i < phases.size(); i++) {
            if (Arrays.equals(phases.get(i), phase)) {
                return i;
            }
        }
        phases.add(phase);
        return phases.size() - 1;
    }

    static int roundUp(int length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The largest shift, in whole lanes. */
    int reach() {
        return roundUp(Arrays.stream(shifts).max().orElse(0));
    }

    /** The elements of the window that see a phase, in order. */
    int[] elementsOf(int phase) {
        return IntStream.range(0, shifts.length).filter(k -> phaseOf[k] == phase).toArray();
    }

    /** Copies a plane's elements to one of its phases; the padding there is zero already. */
    void toPhase(Object planes, int from, int phase, Object phased, int into) {
        copyPhase(planes, from, phase, phased, into, true);
    }

    /** Copies a phase to the elements of a plane that it is made of. */
    void fromPhase(Object phased, int from, int phase, Object planes, int into) {
        copyPhase(planes, into, phase, phased, from, false);
    }

    private void copyPhase(Object planes, int planeStart, int phase, Object phased, int phaseStart, boolean toPhase) {
        int[] remainder = phases.get(phase);
        int stride = geometry.strides()[2];
        int shift = remainder[2] - geometry.paddings()[2];
        int first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
        int end = Math.min(grid[2], Math.floorDiv(geometry.extent(2) - 1 - shift, stride) + 1);
        if (end <= first) {
            return;
        }
        for (int d = 0; d < grid[0]; d++) {
            int inD = d * geometry.strides()[0] + remainder[0] - geometry.paddings()[0];
            for (int h = 0; h < grid[1] && inD >= 0 && inD < geometry.extent(0); h++) {
                int inH = h * geometry.strides()[1] + remainder[1] - geometry.paddings()[1];
                if (inH >= 0 && inH < geometry.extent(1)) {
                    int row = planeStart + (inD * geometry.extent(1) + inH) * geometry.extent(2) + shift + first * stride;
                    int at = phaseStart + (d * grid[1] + h) * grid[2] + first;
                    if (toPhase) {
                        copy(planes, row, stride, phased, at, 1, end - first);
                    } else {
                        copy(phased, at, 1, planes, row, stride, end - first);
                    }
                }
            }
        }
    }

    /** Copies the results at all positions to where they stand in a phase. */
    void toPositions(Object results, int from, Object phased, int into) {
        for (int row = 0; row < geometry.positions(0) * geometry.positions(1); row++) {
            int d = row / geometry.positions(1);
            int h = row % geometry.positions(1);
            System.arraycopy(results, from + row * geometry.positions(2), phased, into + (d * grid[1] + h) * grid[2], geometry.positions(2));
        }
    }

    /** Copies the results at all positions from where they stand in a phase. */
    void fromPositions(Object phased, int from, Object results, int into) {
        for (int row = 0; row < geometry.positions(0) * geometry.positions(1); row++) {
            int d = row / geometry.positions(1);
            int h = row % geometry.positions(1);
            System.arraycopy(phased, from + (d * grid[1] + h) * grid[2], results, into + row * geometry.positions(2), geometry.positions(2));
        }
    }

    private static void copy(Object from, int at, int step, Object to, int into, int stepInto, int count) {
        if (step == 1 && stepInto == 1) {
            System.arraycopy(from, at, to, into, count);
        } else if (from instanceof float[] x) {
            float[] y = (float[]) to;
            for (int i = 0; i < count; i++) {
                y[into + i * stepInto] = x[at + i * step];
            }
        } else {
            double[] x = (double[]) from;
            double[] y = (double[]) to;
            for (int i = 0; i < count; i++) {
                y[into + i * stepInto] = x[at + i * step];
            }
        }
    }
}
