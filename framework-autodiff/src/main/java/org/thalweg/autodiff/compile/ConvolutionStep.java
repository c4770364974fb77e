package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Window;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.GemmKernel;
import org.thalweg.autodiff.kernel.GemmWorkspace;
import org.thalweg.autodiff.kernel.WorkerPool;

/**
 * A convolution or one of its adjoints, a few images at a time, so that what they are laid out in stays in the cache. Images are independent and are shared
 * among threads; those of the weight's gradient share the outputs. No bit depends on the number of threads.
 */
abstract class ConvolutionStep implements Step {
    /** Elements of a group of images, as they are laid out: a quarter of a second-level cache. */
    private static final int GROUP_ELEMENTS = 64 * 1024;
    /** Columns of a panel of the widest product, so that the last one may be computed whole. */
    private static final int PANEL = 64;

    private final TieredGemm products;
    /** The kernels of this run: they may be exchanged at any time, but what some of them leave behind only they themselves can go on with. */
    Gemm gemm;
    final ConvolutionLayout layout;
    final int groups;
    final int images;
    final int channels;
    final int outputs;
    final int imagesOfGroup;
    private final DType dtype;
    private final int[] sources;
    private final int target;
    private final int weightSize;
    private final int targetSize;
    private final WorkerPool.Task task = this::part;
    private Memory current;

    private ConvolutionStep(Expression node, Window window, int groups, Shape whole, Shape result, Shape weight, TieredGemm products, int[] sources,
            int target) {
        this.products = products;
        this.dtype = node.dtype();
        this.layout = ConvolutionLayout.of(window, whole);
        this.groups = groups;
        this.images = whole.extent(0);
        this.channels = whole.extent(1);
        this.outputs = result.extent(1);
        this.weightSize = (int) weight.size();
        this.targetSize = (int) node.shape().size();
        this.sources = sources;
        this.target = target;
        long elements = Math.max(1, (long) (channels * layout.phases().size() + outputs) * layout.plane());
        int fit = (int) Math.max(1, GROUP_ELEMENTS / elements);
        int count = (images + fit - 1) / fit;
        this.imagesOfGroup = count == 0 ? 1 : (images + count - 1) / count;
    }

    static ConvolutionStep of(Expression node, KernelCache kernels, int[] sources, int target, int threads) {
        Shape first = node.input(0).shape();
        Shape second = node.input(1).shape();
        TieredGemm products = kernels.gemm(node.dtype(), Set.of(node.op() instanceof Op.ConvolutionWeight ? GemmKernel.DOTS : GemmKernel.SHIFTED));
        return switch (node.op()) {
            case Op.Convolution(Window window, int groups) ->
                    new Forward(node, window, groups, first, node.shape(), second, products, sources, target, threads);
            case Op.ConvolutionInput(Window window, int groups) ->
                    new Input(node, window, groups, node.shape(), first, second, products, sources, target, threads);
            case Op.ConvolutionWeight(Window window, int groups) ->
                    new Weight(node, window, groups, first, second, node.shape(), products, sources, target);
            default -> throw new IllegalArgumentException(node + " is no convolution");
        };
    }

    final int imageGroups() {
        return (images + imagesOfGroup - 1) / imagesOfGroup;
    }

    /** The columns that a product of a group of images has, with room for the last panel and for what shifts see beyond. */
    final int columns() {
        return imagesOfGroup * layout.plane() + PANEL;
    }

    final int inputsOfGroup() {
        return channels / groups;
    }

    final int outputsOfGroup() {
        return outputs / groups;
    }

    final Object[] arrays(int threads, int length) {
        return IntStream.range(0, threads).mapToObj(worker -> Memory.array(dtype, length)).toArray();
    }

    final Object array(int length) {
        return Memory.array(dtype, length);
    }

    final GemmWorkspace workspace(int worker) {
        return current.workspace(dtype, worker);
    }

    final Object source(int position) {
        return current.buffers[sources[position]];
    }

    final Object target() {
        return current.buffers[target];
    }

    @Override
    public void run(Memory memory) {
        current = memory;
        if (weightSize == 0 || images == 0) {
            clear(target(), 0, targetSize);
            return;
        }
        gemm = products.current();
        prepare(memory.pool);
        memory.pool.run(parts(), task);
    }

    static void clear(Object array, int from, int to) {
        if (array instanceof float[] floats) {
            Arrays.fill(floats, from, to, 0);
        } else {
            Arrays.fill((double[]) array, from, to, 0);
        }
    }

    /** What must be there before the parts. */
    void prepare(WorkerPool pool) {}

    abstract int parts();

    abstract void part(int part, int worker);

    /** Lays out the planes of images from..to of the input, each channel's phases one after another, with a distance of {@code length}. */
    final void spread(Object input, int from, int to, Object phased, int length) {
        int elements = layout.geometry().elements();
        int phases = layout.phases().size();
        for (int c = 0; c < channels; c++) {
            for (int phase = 0; phase < phases; phase++) {
                int row = (c * phases + phase) * length;
                for (int n = from; n < to; n++) {
                    layout.toPhase(input, (n * channels + c) * elements, phase, phased, row + (n - from) * layout.plane());
                }
            }
        }
    }

    /** Lays out what belongs to the positions of images from..to, each output channel with a distance of {@code length}. */
    final void spreadPositions(Object results, int from, int to, Object phased, int start, int length) {
        int positions = layout.geometry().positions();
        for (int o = 0; o < outputs; o++) {
            for (int n = from; n < to; n++) {
                layout.toPositions(results, (n * outputs + o) * positions, phased, start + o * length + (n - from) * layout.plane());
            }
        }
    }

    /** Where the elements of the windows over a group of channels begin, relative to its first phase. */
    final int[] windowOffsets(int length) {
        int size = layout.shifts().length;
        int[] offsets = new int[inputsOfGroup() * size];
        for (int i = 0; i < offsets.length; i++) {
            int k = i % size;
            offsets[i] = (i / size * layout.phases().size() + layout.phaseOf()[k]) * length + layout.shifts()[k];
        }
        return offsets;
    }

    @Override
    public int[] reads() {
        return sources;
    }

    @Override
    public int[] writes() {
        return new int[] {target};
    }

    /** y from x and w. */
    private static final class Forward extends ConvolutionStep {
        private final int length;
        private final int[] offsets;
        private final Object[] phased;
        private final Object[] results;

        Forward(Expression node, Window window, int groups, Shape whole, Shape result, Shape weight, TieredGemm products, int[] sources, int target,
                int threads) {
            super(node, window, groups, whole, result, weight, products, sources, target);
            length = columns() + layout.reach();
            offsets = windowOffsets(length);
            phased = arrays(threads, channels * layout.phases().size() * length);
            results = arrays(threads, outputs * columns());
        }

        @Override
        int parts() {
            return imageGroups();
        }

        @Override
        void part(int part, int worker) {
            int from = part * imagesOfGroup;
            int to = Math.min(images, from + imagesOfGroup);
            spread(source(0), from, to, phased[worker], length);
            int depth = offsets.length;
            for (int g = 0; g < groups; g++) {
                gemm.multiplyShifted(outputsOfGroup(), (to - from) * layout.plane(), depth,
                        source(1), g * outputsOfGroup() * depth, depth,
                        phased[worker], g * inputsOfGroup() * layout.phases().size() * length, offsets,
                        results[worker], g * outputsOfGroup() * columns(), columns(), workspace(worker));
            }
            int positions = layout.geometry().positions();
            for (int o = 0; o < outputs; o++) {
                for (int n = from; n < to; n++) {
                    layout.fromPositions(results[worker], o * columns() + (n - from) * layout.plane(), target(), (n * outputs + o) * positions);
                }
            }
        }
    }

    /** What flows to x, from what flows to y and w. */
    private static final class Input extends ConvolutionStep {
        private final int margin;
        private final int length;
        private final List<int[]> elements = new ArrayList<>();
        private final List<int[]> offsets = new ArrayList<>();
        /** For each phase the weights that see it, [c, o * elements of the window] for each group. */
        private final List<Object> weights = new ArrayList<>();
        private final Object[] phased;
        private final Object[] results;
        private final boolean covered;

        Input(Expression node, Window window, int groups, Shape whole, Shape result, Shape weight, TieredGemm products, int[] sources, int target,
                int threads) {
            super(node, window, groups, whole, result, weight, products, sources, target);
            margin = layout.reach();
            length = margin + columns();
            for (int phase = 0; phase < layout.phases().size(); phase++) {
                int[] seeing = layout.elementsOf(phase);
                int[] starts = new int[outputsOfGroup() * seeing.length];
                for (int i = 0; i < starts.length; i++) {
                    starts[i] = i / seeing.length * length + margin - layout.shifts()[seeing[i % seeing.length]];
                }
                elements.add(seeing);
                offsets.add(starts);
                weights.add(array(channels * starts.length));
            }
            phased = arrays(threads, outputs * length);
            results = arrays(threads, channels * columns());
            covered = Arrays.stream(layout.geometry().strides()).allMatch(stride -> stride == 1);
        }

        @Override
        int parts() {
            return imageGroups();
        }

        @Override
        void prepare(WorkerPool pool) {
            int size = layout.shifts().length;
            for (int phase = 0; phase < elements.size(); phase++) {
                int[] seeing = elements.get(phase);
                int depth = offsets.get(phase).length;
                for (int c = 0; c < channels; c++) {
                    int inGroup = c % inputsOfGroup();
                    int firstOutput = c / inputsOfGroup() * outputsOfGroup();
                    for (int i = 0; i < depth; i++) {
                        int o = firstOutput + i / seeing.length;
                        int from = (o * inputsOfGroup() + inGroup) * size + seeing[i % seeing.length];
                        if (source(1) instanceof float[] w) {
                            ((float[]) weights.get(phase))[c * depth + i] = w[from];
                        } else {
                            ((double[]) weights.get(phase))[c * depth + i] = ((double[]) source(1))[from];
                        }
                    }
                }
            }
        }

        @Override
        void part(int part, int worker) {
            int from = part * imagesOfGroup;
            int to = Math.min(images, from + imagesOfGroup);
            int planeElements = layout.geometry().elements();
            if (!covered) {
                clear(target(), from * channels * planeElements, to * channels * planeElements);
            }
            spreadPositions(source(0), from, to, phased[worker], margin, length);
            for (int phase = 0; phase < elements.size(); phase++) {
                int depth = offsets.get(phase).length;
                for (int g = 0; g < groups; g++) {
                    gemm.multiplyShifted(inputsOfGroup(), (to - from) * layout.plane(), depth,
                            weights.get(phase), g * inputsOfGroup() * depth, depth,
                            phased[worker], g * outputsOfGroup() * length, offsets.get(phase),
                            results[worker], g * inputsOfGroup() * columns(), columns(), workspace(worker));
                }
                for (int c = 0; c < channels; c++) {
                    for (int n = from; n < to; n++) {
                        layout.fromPhase(results[worker], c * columns() + (n - from) * layout.plane(), phase,
                                target(), (n * channels + c) * planeElements);
                    }
                }
            }
        }
    }

    /**
     * What flows to w, from x and what flows to y. First everything is laid out, images shared among threads; then each thread sums the products of some outputs
     * over all images, group by group, in lanes that it keeps.
     */
    private static final class Weight extends ConvolutionStep {
        private final int length;
        private final int[] offsets;
        private final Object[] phased;
        private final Object[] upstream;
        private final Object lanes;
        private final int tileRows;
        private final int lanesOfRow;
        private final WorkerPool.Task layOut = this::layOut;

        Weight(Expression node, Window window, int groups, Shape whole, Shape result, Shape weight, TieredGemm products, int[] sources, int target) {
            super(node, window, groups, whole, result, weight, products, sources, target);
            length = columns() + layout.reach();
            offsets = windowOffsets(length);
            phased = arrays(imageGroups(), channels * layout.phases().size() * length);
            upstream = arrays(imageGroups(), outputs * columns());
            tileRows = Gemm.DOT_ROWS;
            lanesOfRow = Gemm.dotLanes(node.dtype(), tileRows, offsets.length);
            lanes = array(groups * tilesOfGroup() * lanesOfRow);
        }

        private int tilesOfGroup() {
            return (outputsOfGroup() + tileRows - 1) / tileRows;
        }

        @Override
        void prepare(WorkerPool pool) {
            pool.run(imageGroups(), layOut);
        }

        private void layOut(int group, int worker) {
            int from = group * imagesOfGroup;
            int to = Math.min(images, from + imagesOfGroup);
            spread(source(0), from, to, phased[group], length);
            spreadPositions(source(1), from, to, upstream[group], 0, columns());
        }

        @Override
        int parts() {
            return groups * tilesOfGroup();
        }

        @Override
        void part(int part, int worker) {
            int g = part / tilesOfGroup();
            int row = part % tilesOfGroup() * tileRows;
            int rows = Math.min(tileRows, outputsOfGroup() - row);
            int firstOutput = g * outputsOfGroup() + row;
            int depth = offsets.length;
            clear(lanes, part * lanesOfRow, (part + 1) * lanesOfRow);
            for (int group = 0; group < imageGroups(); group++) {
                int count = Math.min(images, (group + 1) * imagesOfGroup) - group * imagesOfGroup;
                gemm.dots(rows, depth, count * layout.plane(), upstream[group], firstOutput * columns(), columns(),
                        phased[group], g * inputsOfGroup() * layout.phases().size() * length, offsets, lanes, part * lanesOfRow);
            }
            gemm.dotSums(rows, depth, lanes, part * lanesOfRow, target(), firstOutput * depth, depth);
        }
    }
}
