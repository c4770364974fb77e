package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.kernel.WorkerPool;

/** Puts a program together: orders loop nests and kernels, lets updates happen in place, gives every kept value an array. */
final class Assembly {
    /** A loop nest or a kernel, before it knows its arrays. */
    private record Item(int level, LoopBody body, Expression kernel, List<Expression> stores, int[] reads, int[] writes) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        boolean isSingleProduct() {
            return kernel != null && kernel.op() instanceof Op.MatMul
                    && kernel.shape().size() == (long) kernel.shape().extent(-1) * kernel.shape().extent(-2);
        }
    }

    /** The second factor of a product, as it is or transposed. */
    private record Factor(Expression base, boolean transposed) {
        static Factor of(Expression product) {
            return new Factor(Fusion.base(product.input(1)), ((Op.MatMul) product.op()).transposeB());
        }
    }

    private static final Work COPY = new Work("copy", List.of(), 0, 0);

    private final KernelCache kernels;
    private final int threads;
    private final Computation computation;
    private final HostScalars hostScalars = new HostScalars();
    private final Map<Expression, Integer> buffers = new HashMap<>();
    private final List<Expression> owners = new ArrayList<>();
    private final Map<Expression, Integer> leaves = new LinkedHashMap<>();
    private final List<Expression> outputs;
    private final List<Expression> finite;
    private final Map<Expression, Expression> updates = new LinkedHashMap<>();
    private final Fusion fusion;
    private final Placement placement;
    private final List<Item> items = new ArrayList<>();
    private final Map<Integer, Object> scratchRows = new HashMap<>();
    private final Map<Integer, List<Item>> loopsReading = new HashMap<>();
    private final Set<Item> withEpilogue = new HashSet<>();
    private final Map<Factor, PackStep> sharedPacking = new HashMap<>();
    /** The buffer that stands for another one: a variable for its next value. */
    private int[] standing;

    private Assembly(Computation computation, KernelCache kernels, int threads, int limit) {
        this.threads = threads;
        this.computation = computation;
        this.kernels = kernels;
        List<Expression> roots = new ArrayList<>(computation.outputs());
        roots.addAll(computation.finite());
        roots.addAll(computation.updates().values());
        List<Expression> canonical = Canonical.of(roots);
        int outputCount = computation.outputs().size();
        int earlyCount = outputCount + computation.finite().size();
        outputs = canonical.subList(0, outputCount);
        finite = canonical.subList(outputCount, earlyCount);
        int next = earlyCount;
        for (Expression variable : computation.updates().keySet()) {
            updates.put(variable, canonical.get(next++));
        }
        fusion = new Fusion(canonical.subList(0, earlyCount), canonical, limit);
        Set<Expression> fixed = new HashSet<>(canonical);
        canonical.forEach(node -> fixed.add(Fusion.base(node)));
        placement = new Placement(fusion, fixed);
    }

    /** A program; loops hold at most {@code limit} of weight. */
    static CpuProgram assemble(Computation computation, KernelCache kernels, WorkerPool pool, int limit) {
        return new Assembly(computation, kernels, pool.threads(), limit).program(pool);
    }

    private int buffer(Expression node) {
        return buffers.computeIfAbsent(placement.of(node).owner(), base -> {
            owners.add(base);
            if (isArrayLeaf(base)) {
                leaves.put(base, owners.size() - 1);
            }
            return owners.size() - 1;
        });
    }

    /** Whether the caller gives a node its array; a scalar that is needed in one is stored there by a loop. */
    private static boolean isArrayLeaf(Expression node) {
        return node.op() instanceof Op.Leaf leaf && leaf.kind() != Op.LeafKind.SCALAR;
    }

    /** A row that a thread keeps values in between the passes of a loop. */
    private int newRow(LoopBody.Operand operand, int length, Item item) {
        int buffer = newBuffer(item.stores.getFirst());
        scratchRows.put(buffer, Memory.array(DType.valueOf(operand.type().name()), length));
        return buffer;
    }

    private int newBuffer(Expression like) {
        owners.add(like);
        return owners.size() - 1;
    }

    private CpuProgram program(WorkerPool pool) {
        for (Fusion.Cluster cluster : fusion.clusters()) {
            LoopBody body = Lowering.lower(fusion, cluster, placement::of, this::buffer, hostScalars::position);
            Item loop = new Item(cluster.level, body, null, cluster.stores,
                    body.instructions.stream().filter(i -> i.code() == LoopBody.Code.LOAD)
                            .map(i -> body.operands.get((int) i.payload())).filter(operand -> !operand.isScratch())
                            .mapToInt(LoopBody.Operand::buffer).toArray(),
                    cluster.stores.stream().mapToInt(this::buffer).toArray());
            items.add(loop);
            Arrays.stream(loop.reads).distinct()
                    .forEach(read -> loopsReading.computeIfAbsent(read, key -> new ArrayList<>()).add(loop));
        }
        for (Expression node : fusion.nodes()) {
            if (fusion.isKernel(node) && !placement.isDone(node)) {
                items.add(new Item(fusion.level(node), null, node, List.of(node), node.inputs().stream().mapToInt(this::buffer).toArray(),
                        new int[] {buffer(node)}));
            }
        }
        items.sort(Comparator.comparingInt(Item::level));
        findEpilogues();
        Map<Expression, Integer> savedOutputs = new HashMap<>();
        outputs.forEach(this::buffer);
        List<Step> firstCopies = new ArrayList<>();
        List<Step> lastCopies = new ArrayList<>();
        List<int[]> savedVariables = saveVariables(savedOutputs);
        Map<Expression, Integer> copied = placeUpdates();
        int[] resolved = standing;
        savedVariables.forEach(copy -> firstCopies.add(CopyStep.whole(copy[0], copy[1], (int) owners.get(copy[0]).shape().size())));
        List<Step> lateCopies = new ArrayList<>();
        copied.forEach((variable, source) -> {
            int size = (int) variable.shape().size();
            // A value that two variables get is in the array of the first.
            int from = resolve(source, resolved);
            if (isArrayLeaf(owners.get(source))) {
                from = newBuffer(variable);
                lateCopies.add(CopyStep.whole(source, from, size));
            }
            lastCopies.add(CopyStep.whole(from, buffer(variable), size));
        });
        List<Step> early = new ArrayList<>(firstCopies);
        List<Step> late = new ArrayList<>(lateCopies);
        int boundary = fusion.lateLevel();
        List<Work> earlyWork = new ArrayList<>(Collections.nCopies(early.size(), COPY));
        List<Work> lateWork = new ArrayList<>(Collections.nCopies(late.size(), COPY));
        Map<Factor, Integer> rowsByFactor = rowsByFactor();
        Map<DType, Long> packedLengths = new EnumMap<>(DType.class);
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            PackStep packing = packing(item, rowsByFactor, resolved);
            if (packing != null) {
                (item.level < boundary ? early : late).add(packing);
                (item.level < boundary ? earlyWork : lateWork).add(Work.ofPacking(item.kernel));
            }
            Step step = step(item, resolved);
            if (step instanceof GemmStep product) {
                packedLengths.merge(item.kernel.dtype(), product.packedLength(), Math::max);
            }
            Work work = work(item);
            if (withEpilogue.contains(item)) {
                Item loop = items.get(++i);
                step = new EpilogueStep((ProductStep) step, (LoopStep) step(loop, resolved), threads);
                work = work.and(work(loop));
            }
            (item.level < boundary ? early : late).add(step);
            (item.level < boundary ? earlyWork : lateWork).add(work);
        }
        List<FiniteCheck> checks = new ArrayList<>();
        List<Integer> flagBuffers = new ArrayList<>();
        Set<Integer> checked = new HashSet<>();
        for (Expression value : finite) {
            int buffer = buffer(value);
            if (value.shape().size() > 0 && checked.add(buffer)) {
                int flag = newBuffer(value);
                flagBuffers.add(flag);
                checks.add(new FiniteCheck(value.dtype(), (int) value.shape().size(), resolve(buffer, resolved), flag, kernels, threads));
            }
        }
        late.addAll(lastCopies);
        List<Work> work = new ArrayList<>(earlyWork);
        work.addAll(lateWork);
        work.addAll(Collections.nCopies(lastCopies.size(), COPY));
        work.add(new Work("finite check", List.of(), 0, checks.stream().mapToLong(check -> bytes(check.buffer())).sum()));
        int[] outputBuffers = outputs.stream()
                .mapToInt(output -> savedOutputs.getOrDefault(Fusion.base(output), resolve(buffer(output), resolved))).toArray();
        Object[] arrays = new Object[owners.size()];
        Set<Integer> held = new HashSet<>(flagBuffers);
        held.addAll(scratchRows.keySet());
        allocate(arrays, early, late, outputBuffers, checks, held);
        scratchRows.forEach((buffer, row) -> arrays[buffer] = row);
        for (int i = 0; i < checks.size(); i++) {
            arrays[flagBuffers.get(i)] = checks.get(i).flags();
        }
        buffers.forEach((node, buffer) -> {
            if (node.op() instanceof Op.Literal(List<Double> values)) {
                arrays[buffer] = Memory.array(node.dtype(), values);
            }
        });
        int reductions = items.stream().filter(i -> i.body != null).mapToInt(i -> i.body.reductions.size()).max().orElse(0);
        int operands = items.stream().filter(i -> i.body != null && i.body.hasShortRows()).mapToInt(i -> i.body.operands.size()).max().orElse(0);
        Memory memory = new Memory(arrays, hostScalars.values(), pool, Math.max(1, reductions), operands);
        packedLengths.forEach((dtype, length) -> {
            if (length > 0) {
                memory.preparePacked(dtype, kernels.best(dtype).packed(length));
            }
        });
        for (Item item : items) {
            if (item.kernel != null) {
                switch (item.kernel.op()) {
                    case Op.MatMul product -> memory.prepare(item.kernel.dtype(), kernels.best(item.kernel.dtype()));
                    case Op.Convolution convolution -> memory.prepare(item.kernel.dtype(), kernels.best(item.kernel.dtype()));
                    case Op.ConvolutionInput adjoint -> memory.prepare(item.kernel.dtype(), kernels.best(item.kernel.dtype()));
                    default -> { }
                }
            }
        }
        return new CpuProgram(memory, hostScalars, leaves, early, checks, late, computation.outputs(), outputBuffers, work);
    }

    /**
     * Moves a loop that uses a product row by row, and nothing else that is not there before the product, right behind it. Only before the updates,
     * where nothing is written in place.
     */
    private void findEpilogues() {
        Map<Integer, Item> producers = new HashMap<>();
        items.forEach(item -> Arrays.stream(item.writes).forEach(buffer -> producers.put(buffer, item)));
        List<Item> ordered = new ArrayList<>();
        Set<Item> done = new HashSet<>();
        for (Item item : items) {
            if (!done.add(item)) {
                continue;
            }
            ordered.add(item);
            if (item.isSingleProduct() && item.level < fusion.lateLevel()) {
                Expression product = item.kernel;
                for (Item loop : consumers(item)) {
                    boolean ready = !done.contains(loop) && loop.level < fusion.lateLevel() && EpilogueStep.follows(
                            loop.body, item.writes[0], product.shape().extent(-2), product.shape().extent(-1));
                    for (int read : loop.reads) {
                        ready &= producers.get(read) == null || producers.get(read) == item || done.contains(producers.get(read));
                    }
                    if (ready) {
                        done.add(loop);
                        ordered.add(loop);
                        withEpilogue.add(item);
                        break;
                    }
                }
            }
        }
        items.clear();
        items.addAll(ordered);
    }

    /** For second factors that several products share, the rows that they meet in all. */
    private Map<Factor, Integer> rowsByFactor() {
        Map<Factor, Integer> rows = new HashMap<>();
        Set<Factor> shared = new HashSet<>();
        for (Item item : items) {
            if (item.isSingleProduct() && hasMatrices(item.kernel)) {
                Factor factor = Factor.of(item.kernel);
                if (rows.merge(factor, item.kernel.shape().extent(-2), Integer::sum) != item.kernel.shape().extent(-2)) {
                    shared.add(factor);
                }
            }
        }
        rows.keySet().retainAll(shared);
        return rows;
    }

    /** Whether no factor of a product is a vector. */
    private static boolean hasMatrices(Expression product) {
        return product.shape().extent(-1) != 1 && product.shape().extent(-2) != 1;
    }

    /** What must be done before the first of several products with the same second factor, if anything. */
    private PackStep packing(Item item, Map<Factor, Integer> rowsByFactor, int[] resolved) {
        if (!item.isSingleProduct() || !hasMatrices(item.kernel)) {
            return null;
        }
        Factor factor = Factor.of(item.kernel);
        Op.MatMul product = (Op.MatMul) item.kernel.op();
        if (sharedPacking.containsKey(factor) || !rowsByFactor.containsKey(factor)
                || !kernels.best(item.kernel.dtype()).prefersPacked(product.transposeA(), product.transposeB(), rowsByFactor.get(factor),
                        item.kernel.input(1).shape().extent(product.transposeB() ? -1 : -2))) {
            return null;
        }
        PackStep step = new PackStep(item.kernel, GemmStep.products(item.kernel, kernels, true), matrix(item.kernel.input(1), resolved), threads, true);
        sharedPacking.put(factor, step);
        return step;
    }

    private List<Item> consumers(Item product) {
        return loopsReading.getOrDefault(product.writes[0], List.of());
    }

    /** Outputs that are variables about to change are copied first: pairs of variable and copy. */
    private List<int[]> saveVariables(Map<Expression, Integer> saved) {
        List<int[]> copies = new ArrayList<>();
        for (Expression output : outputs) {
            Expression base = Fusion.base(output);
            if (updates.containsKey(base) && !saved.containsKey(base)) {
                int copy = newBuffer(base);
                saved.put(base, copy);
                copies.add(new int[] {buffer(base), copy});
            }
        }
        return copies;
    }

    /**
     * Lets the next value of a variable be written into the variable's own array where nothing reads the old value afterwards; the others
     * are copied at the end.
     */
    private Map<Expression, Integer> placeUpdates() {
        standing = new int[owners.size() + 2 * updates.size() + 1];
        for (int i = 0; i < standing.length; i++) {
            standing[i] = i;
        }
        Map<Integer, Integer> producers = new HashMap<>();
        Set<Integer> inPieces = new HashSet<>();
        Map<Integer, List<Integer>> readers = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            for (int write : items.get(i).writes) {
                if (producers.put(write, i) != null) {
                    inPieces.add(write);
                }
            }
            for (int read : items.get(i).reads) {
                readers.computeIfAbsent(read, key -> new ArrayList<>()).add(i);
            }
        }
        Set<Expression> fixed = new HashSet<>();
        outputs.forEach(node -> fixed.add(Fusion.base(node)));
        finite.forEach(node -> fixed.add(Fusion.base(node)));
        Map<Expression, Integer> copied = new LinkedHashMap<>();
        updates.forEach((variable, next) -> {
            Expression base = Fusion.base(next);
            int target = buffer(variable);
            int source = buffer(base);
            if (base == variable) {
                return;
            }
            Integer producer = producers.get(source);
            boolean inPlace = producer != null && !inPieces.contains(source) && items.get(producer).level >= fusion.lateLevel() && fixed.add(base)
                    && readers.getOrDefault(target, List.of()).stream().allMatch(reader -> reader < producer
                            || reader.equals(producer) && readsInStep(items.get(producer), target, source));
            if (inPlace) {
                standing[source] = target;
            } else {
                copied.put(variable, source);
            }
        });
        return copied;
    }

    /** Whether a loop reads an array only at the elements that it writes at that moment; setting rows in place reads nothing. */
    private static boolean readsInStep(Item item, int read, int written) {
        if (item.body == null) {
            return item.kernel.op() instanceof Op.SetRows && item.reads[0] == read && item.reads[1] != read;
        }
        int[] strides = null;
        for (LoopBody.Store store : item.body.stores) {
            if (item.body.operands.get(store.operand()).buffer() == written) {
                strides = item.body.operands.get(store.operand()).strides();
                if (item.body.isElementStore(store) && item.body.isReadAfter(store.value().stage(), read)) {
                    return false;
                }
            }
        }
        if (strides == null) {
            return false;
        }
        for (LoopBody.Operand operand : item.body.operands) {
            if (operand.buffer() == read && (operand.start() != 0 || !Arrays.equals(operand.strides(), strides))) {
                return false;
            }
        }
        return true;
    }

    private static Work work(Item item) {
        if (item.body != null) {
            return Work.ofLoop(item.body, item.stores);
        }
        return Work.ofKernel(item.kernel);
    }

    private long bytes(int buffer) {
        return owners.get(buffer).shape().size() * owners.get(buffer).dtype().bytes();
    }

    private static int resolve(int buffer, int[] resolved) {
        return buffer < resolved.length ? resolved[buffer] : buffer;
    }

    private Step step(Item item, int[] resolved) {
        if (item.body != null) {
            LoopBody body = item.body;
            int[][] slots = new int[threads][];
            for (int worker = 0; worker < threads; worker++) {
                slots[worker] = body.operands.stream().mapToInt(operand ->
                        operand.isScratch() ? newRow(operand, body.scratchLength(), item) : resolve(operand.buffer(), resolved)).toArray();
            }
            int[] sizes = body.operands.stream().mapToInt(operand ->
                    operand.isScratch() ? 0 : (int) owners.get(operand.buffer()).shape().size()).toArray();
            body.joinOperands(slots[0]);
            return new LoopStep(kernels.kernel(body), body, slots, sizes);
        }
        Expression node = item.kernel;
        int target = resolve(buffer(node), resolved);
        int[] sources = node.inputs().stream().mapToInt(input -> resolve(buffer(input), resolved)).toArray();
        return switch (node.op()) {
            case Op.MatMul product -> product(node, matrix(node.input(0), resolved), matrix(node.input(1), resolved), target);
            case Op.Random random -> new RandomStep(node, target);
            case Op.ArgMax argMax -> new ArgMaxStep(node, sources[0], target);
            case Op.Gather gather -> new RowsStep(node, sources[0], sources[1], target);
            case Op.ScatterAdd scatter -> new RowsStep(node, sources[0], sources[1], target);
            case Op.SetRows set -> new SetRowsStep(node, sources[0], sources[1], sources[2], target);
            case Op.Reduce reduce -> new IntegerSumStep(node, sources[0], target);
            case Op.Unfold unfold -> new WindowStep(unfold.window(), unfold.outside(), node.input(0).shape(), node.shape(), true, sources[0], target);
            case Op.Fold fold -> new WindowStep(fold.window(), 0, node.shape(), node.input(0).shape(), false, sources[0], target);
            case Op.Convolution convolution -> convolution(node, sources, target);
            case Op.ConvolutionInput adjoint -> convolution(node, sources, target);
            case Op.ConvolutionWeight adjoint -> convolution(node, sources, target);
            case Op.WindowArgMax argMax -> new WindowArgMaxStep(node, sources[0], target, threads);
            case Op.PlaneGather gather -> new PlaneStep(node, false, sources[0], sources[1], target, threads);
            case Op.PlaneScatterAdd scatter -> new PlaneStep(node, true, sources[0], sources[1], target, threads);
            case Op.Custom custom -> new CustomStep(node, sources, target);
            case Op.CustomGradient gradient -> new CustomStep(node, sources, target);
            case Op.Permute(List<Integer> order) -> {
                Placement.Place input = placement.of(node.input(0));
                int[] source = input.strides();
                yield new CopyStep(sources[0], input.start(), order.stream().mapToInt(axis -> source[axis]).toArray(),
                        target, 0, strides(node.shape()), node.shape().toArray(), 0, threads);
            }
            case Op.Slice(int axis, int from, int to) -> {
                Placement.Place input = placement.of(node.input(0));
                int[] source = input.strides();
                yield new CopyStep(sources[0], input.start() + from * source[axis], source, target, 0, strides(node.shape()), node.shape().toArray(), 0, threads);
            }
            case Op.Pad(int axis, int before, int after) -> paste(node.input(0), sources[0], node, target, axis, before, true);
            case Op.Concat(int axis) -> {
                List<CopyStep> parts = new ArrayList<>();
                int at = 0;
                for (int i = 0; i < sources.length; i++) {
                    if (!placement.isPart(node.input(i), node)) {
                        parts.add(paste(node.input(i), sources[i], node, target, axis, at, false));
                    }
                    at += node.input(i).shape().extent(axis);
                }
                yield new ConcatStep(parts.toArray(CopyStep[]::new), node.shape().size(), threads);
            }
            default -> throw new IllegalStateException(node + " is not a kernel");
        };
    }

    private ProductStep product(Expression node, GemmStep.Matrix a, GemmStep.Matrix b, int target) {
        return VectorStep.fits(node, a, b) ? new VectorStep(node, kernels, a, b, target, threads)
                : new GemmStep(node, kernels, a, b, target, threads, sharedPacking.get(Factor.of(node)));
    }

    private Step convolution(Expression node, int[] sources, int target) {
        return ConvolutionStep.of(node, kernels, sources, target, threads);
    }

    private CopyStep paste(Expression part, int source, Expression whole, int target, int axis, int at, boolean clear) {
        Placement.Place from = placement.of(part);
        Placement.Place to = placement.of(whole);
        return new CopyStep(source, from.start(), from.strides(), target, to.start() + at * to.strides()[axis], to.strides(), part.shape().toArray(),
                clear ? (int) whole.shape().size() : 0, threads);
    }

    private static int[] strides(Shape shape) {
        return Placement.strides(shape);
    }

    private GemmStep.Matrix matrix(Expression factor, int[] resolved) {
        Placement.Place place = placement.of(factor);
        Shape shape = factor.shape();
        // A single row has no next one; of several matrices, each begins where the one before ends.
        int row = shape.extent(-2) == 1 ? shape.extent(-1) : place.strides()[shape.rank() - 2];
        return new GemmStep.Matrix(resolve(buffer(factor), resolved), place.start(), row);
    }

    /** Gives every value an array; a value takes over the array of one that is read no more. */
    private void allocate(
            Object[] arrays, List<Step> early, List<Step> late, int[] outputBuffers, List<FiniteCheck> checks, Set<Integer> held) {
        List<Step> steps = new ArrayList<>(early);
        steps.addAll(late);
        int[] first = new int[arrays.length];
        int[] last = new int[arrays.length];
        Arrays.fill(first, Integer.MAX_VALUE);
        Arrays.fill(last, -1);
        for (int s = 0; s < steps.size(); s++) {
            for (int buffer : steps.get(s).writes()) {
                first[buffer] = Math.min(first[buffer], s);
                last[buffer] = Math.max(last[buffer], s);
            }
            for (int buffer : steps.get(s).reads()) {
                first[buffer] = Math.min(first[buffer], s);
                last[buffer] = Math.max(last[buffer], s);
            }
        }
        for (int buffer : outputBuffers) {
            first[buffer] = Math.min(first[buffer], 0);
            last[buffer] = steps.size();
        }
        for (FiniteCheck check : checks) {
            last[check.buffer()] = Math.max(last[check.buffer()], early.size());
        }
        Set<Integer> bound = new HashSet<>(leaves.values());
        buffers.forEach((node, buffer) -> {
            if (node.op() instanceof Op.Literal) {
                bound.add(buffer);
            }
        });
        Map<DType, List<Object>> free = new HashMap<>();
        List<List<Integer>> ending = new ArrayList<>();
        List<List<Integer>> starting = new ArrayList<>();
        for (int s = 0; s <= steps.size(); s++) {
            ending.add(new ArrayList<>());
            starting.add(new ArrayList<>());
        }
        for (int buffer = 0; buffer < arrays.length; buffer++) {
            if (!bound.contains(buffer) && !held.contains(buffer) && last[buffer] >= 0) {
                starting.get(Math.min(first[buffer], steps.size())).add(buffer);
                ending.get(last[buffer]).add(buffer);
            }
        }
        for (int s = 0; s <= steps.size(); s++) {
            for (int buffer : starting.get(s)) {
                arrays[buffer] = take(free, owners.get(buffer));
            }
            for (int buffer : ending.get(s)) {
                free.computeIfAbsent(owners.get(buffer).dtype(), key -> new ArrayList<>()).add(arrays[buffer]);
            }
        }
    }

    /** The smallest free array that fits without much waste, or a new one. */
    private static Object take(Map<DType, List<Object>> free, Expression owner) {
        int size = (int) owner.shape().size();
        List<Object> candidates = free.getOrDefault(owner.dtype(), List.of());
        Object best = null;
        // The arrays freed last are the warmest in the cache; looking at a bounded number keeps this linear.
        for (int i = candidates.size() - 1; i >= Math.max(0, candidates.size() - 64); i--) {
            int length = Memory.length(candidates.get(i));
            if (length >= size && length <= Math.max(64, 2 * size) && (best == null || length < Memory.length(best))) {
                best = candidates.get(i);
            }
        }
        if (best == null) {
            return Memory.array(owner.dtype(), size);
        }
        Object taken = best;
        for (int i = candidates.size() - 1; i >= 0; i--) {
            if (candidates.get(i) == taken) {
                candidates.remove(i);
                break;
            }
        }
        return best;
    }
}
