package org.thalweg.autodiff.compile;

import java.util.Arrays;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Window;
import org.thalweg.autodiff.kernel.WorkerPool;

/**
 * Copies what a sliding window sees, or adds it back. Both walk through [c, size..., n, positions...] in order, so sums are always made in the same
 * order; channels are independent and are shared among threads. Fewer than three spatial axes are completed by axes of extent 1.
 */
final class WindowStep implements Step {
    private final boolean unfold;
    private final double outside;
    private final int source;
    private final int target;
    private final int batch;
    private final int channels;
    private final int[] spatial = {1, 1, 1};
    private final int[] positions = {1, 1, 1};
    private final int[] size = {1, 1, 1};
    private final int[] stride = {1, 1, 1};
    private final int[] padding = {0, 0, 0};
    private final int[] dilation = {1, 1, 1};
    private final int plane;
    private final int windowsOfImage;
    private final WorkerPool.Task task = this::channel;
    private Memory current;

    /**
     * @param whole the shape [n, c, spatial...]
     * @param seen the shape [c, size..., n, positions...]
     * @param unfold whether to go from the first to the second
     */
    WindowStep(Window window, double outside, Shape whole, Shape seen, boolean unfold, int source, int target) {
        this.unfold = unfold;
        this.outside = outside;
        this.source = source;
        this.target = target;
        this.batch = whole.extent(0);
        this.channels = whole.extent(1);
        int axes = window.axes();
        for (int axis = 0; axis < axes; axis++) {
            int at = axis + 3 - axes;
            spatial[at] = whole.extent(2 + axis);
            positions[at] = seen.extent(axes + 2 + axis);
            size[at] = window.size().get(axis);
            stride[at] = window.stride().get(axis);
            padding[at] = window.padding().get(axis);
            dilation[at] = window.dilation().get(axis);
        }
        this.plane = spatial[0] * spatial[1] * spatial[2];
        this.windowsOfImage = positions[0] * positions[1] * positions[2];
    }

    @Override
    public void run(Memory memory) {
        current = memory;
        memory.pool.run(channels, task);
    }

    private void channel(int channel, int worker) {
        Memory memory = current;
        Object whole = memory.buffers[unfold ? source : target];
        Object seen = memory.buffers[unfold ? target : source];
        if (!unfold) {
            for (int n = 0; n < batch; n++) {
                clear(whole, (n * channels + channel) * plane);
            }
        }
        int row = channel * size[0] * size[1] * size[2] * batch * windowsOfImage;
        for (int kd = 0; kd < size[0]; kd++) {
            for (int kh = 0; kh < size[1]; kh++) {
                for (int kw = 0; kw < size[2]; kw++) {
                    for (int n = 0; n < batch; n++) {
                        image(whole, (n * channels + channel) * plane, seen, row, kd, kh, kw);
                        row += windowsOfImage;
                    }
                }
            }
        }
    }

    private void clear(Object whole, int from) {
        if (whole instanceof float[] floats) {
            Arrays.fill(floats, from, from + plane, 0);
        } else {
            Arrays.fill((double[]) whole, from, from + plane, 0);
        }
    }

    /** One element of the window over one plane of one image. */
    private void image(Object whole, int from, Object seen, int row, int kd, int kh, int kw) {
        int shift = kw * dilation[2] - padding[2];
        // The positions whose element lies within the axis.
        int first = Math.min(positions[2], shift >= 0 ? 0 : (-shift + stride[2] - 1) / stride[2]);
        int end = Math.max(first, Math.min(positions[2], Math.floorDiv(spatial[2] - 1 - shift, stride[2]) + 1));
        for (int od = 0; od < positions[0]; od++) {
            int d = od * stride[0] - padding[0] + kd * dilation[0];
            for (int oh = 0; oh < positions[1]; oh++) {
                int h = oh * stride[1] - padding[1] + kh * dilation[1];
                boolean inside = d >= 0 && d < spatial[0] && h >= 0 && h < spatial[1];
                int line = from + (d * spatial[1] + h) * spatial[2] + shift;
                int lineFirst = inside ? first : positions[2];
                int lineEnd = inside ? end : positions[2];
                switch (seen) {
                    case float[] floats when unfold -> take((float[]) whole, line, floats, row, lineFirst, lineEnd);
                    case float[] floats -> give((float[]) whole, line, floats, row, lineFirst, lineEnd);
                    case double[] doubles when unfold -> take((double[]) whole, line, doubles, row, lineFirst, lineEnd);
                    default -> give((double[]) whole, line, (double[]) seen, row, lineFirst, lineEnd);
                }
                row += positions[2];
            }
        }
    }

    private void take(float[] whole, int line, float[] seen, int row, int first, int end) {
        Arrays.fill(seen, row, row + first, (float) outside);
        if (stride[2] == 1 && end > first) {
            System.arraycopy(whole, line + first, seen, row + first, end - first);
        } else {
            for (int o = first; o < end; o++) {
                seen[row + o] = whole[line + o * stride[2]];
            }
        }
        Arrays.fill(seen, row + end, row + positions[2], (float) outside);
    }

    private void take(double[] whole, int line, double[] seen, int row, int first, int end) {
        Arrays.fill(seen, row, row + first, outside);
        if (stride[2] == 1 && end > first) {
            System.arraycopy(whole, line + first, seen, row + first, end - first);
        } else {
            for (int o = first; o < end; o++) {
                seen[row + o] = whole[line + o * stride[2]];
            }
        }
        Arrays.fill(seen, row + end, row + positions[2], outside);
    }

    private void give(float[] whole, int line, float[] seen, int row, int first, int end) {
        for (int o = first; o < end; o++) {
            whole[line + o * stride[2]] += seen[row + o];
        }
    }

    private void give(double[] whole, int line, double[] seen, int row, int first, int end) {
        for (int o = first; o < end; o++) {
            whole[line + o * stride[2]] += seen[row + o];
        }
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
