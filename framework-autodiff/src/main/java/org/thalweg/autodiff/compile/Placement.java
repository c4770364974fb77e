package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;

/**
 * Where values are in memory. Most have an array of their own. A slice is read where it is, if all that use it can skip what lies between its rows, and what a loop
 * computes for a concatenation is written to where it belongs: neither is copied then.
 */
final class Placement {
    /** Rows that are shorter than this, with gaps between them, are slower to walk through than to copy. */
    private static final int SHORTEST_ROW = 32;

    /**
     * A value's place.
     *
     * @param owner whose array it is in
     * @param start the index of its first element there
     * @param strides for each of its axes
     */
    record Place(Expression owner, int start, int[] strides) {}

    private final Fusion fusion;
    private final Set<Expression> fixed;
    /** Who reads a value from memory, by the node whose array it is; and the other shapes that it has there. */
    private final Map<Expression, List<Expression>> readers = new HashMap<>();
    private final Map<Expression, List<Expression>> aliases = new HashMap<>();
    private final Map<Expression, Place> places = new HashMap<>();
    /** The concatenation that a value was placed in. */
    private final Map<Expression, Expression> owners = new HashMap<>();

    /**
     * Finds the places.
     *
     * @param fixed values that must have arrays of their own
     */
    Placement(Fusion fusion, Set<Expression> fixed) {
        this.fusion = fusion;
        this.fixed = fixed;
        for (Expression node : fusion.nodes()) {
            boolean isAlias = Fusion.base(node) != node;
            if (isAlias) {
                aliases.computeIfAbsent(Fusion.base(node), key -> new ArrayList<>()).add(node);
            } else {
                node.inputs().forEach(input -> readers.computeIfAbsent(Fusion.base(input), key -> new ArrayList<>()).add(node));
            }
        }
        // What contains comes before what is contained.
        for (Expression node : fusion.nodes().reversed()) {
            if (node.op() instanceof Op.Concat concat) {
                placeParts(node, concat.axis());
            }
        }
        for (Expression node : fusion.nodes()) {
            if (node.op() instanceof Op.Slice slice) {
                placeSlice(node, slice);
            }
        }
    }

    /** The place of any value that is in memory. */
    Place of(Expression node) {
        Expression base = Fusion.base(node);
        Place place = places.get(base);
        return place == null ? new Place(base, 0, strides(node.shape())) : reshaped(place, base.shape(), node.shape());
    }

    /** Whether a kernel has nothing to do, because its result is where its inputs are already. */
    boolean isDone(Expression kernel) {
        return switch (kernel.op()) {
            case Op.Slice slice -> places.containsKey(kernel);
            case Op.Concat concat -> kernel.inputs().stream().allMatch(input -> isPart(input, kernel));
            default -> false;
        };
    }

    /** Whether a value lies in the array of a concatenation that it is an input of, or in what contains that. */
    boolean isPart(Expression input, Expression concat) {
        return owners.get(Fusion.base(input)) == concat;
    }

    private void placeParts(Expression concat, int axis) {
        Place whole = of(concat);
        int at = 0;
        for (Expression input : concat.inputs()) {
            Expression base = Fusion.base(input);
            Place part = new Place(whole.owner, whole.start + at * whole.strides[axis], whole.strides);
            at += input.shape().extent(axis);
            boolean once = concat.inputs().stream().filter(other -> Fusion.base(other) == base).count() == 1;
            boolean written = fusion.isStored(base) && !(base.op() instanceof Op.Reduce) || base.op() instanceof Op.Concat;
            if (once && written && !fixed.contains(base) && !places.containsKey(base) && input.shape().size() > 0) {
                Place own = reshaped(part, input.shape(), base.shape());
                if (own != null && isWalkable(own, base.shape()) && readersCanUse(base, own)) {
                    places.put(base, own);
                    owners.put(base, concat);
                }
            }
        }
    }

    private void placeSlice(Expression node, Op.Slice slice) {
        Place whole = of(node.input(0));
        Place place = new Place(whole.owner, whole.start + slice.from() * whole.strides[slice.axis()], whole.strides);
        if (!fixed.contains(node) && !places.containsKey(node) && node.shape().size() > 0 && isWalkable(place, node.shape()) && readersCanUse(node, place)) {
            places.put(node, place);
        }
    }

    private boolean readersCanUse(Expression base, Place place) {
        for (Expression alias : aliases.getOrDefault(base, List.of())) {
            if (fixed.contains(alias) || reshaped(place, base.shape(), alias.shape()) == null) {
                return false;
            }
        }
        return readers.getOrDefault(base, List.of()).stream().allMatch(reader -> !fusion.isKernel(reader) || canUse(reader));
    }

    private static boolean canUse(Expression kernel) {
        return switch (kernel.op()) {
            case Op.Slice slice -> true;
            case Op.Concat concat -> true;
            case Op.Permute permute -> true;
            case Op.Pad pad -> true;
            // The rows of matrices may be apart, but not their columns.
            case Op.MatMul product -> kernel.shape().rank() == 2;
            default -> false;
        };
    }

    private static boolean isWalkable(Place place, Shape shape) {
        int last = Canonical.lastAxis(shape);
        return isContiguous(place, shape) || last >= 0 && place.strides[last] == 1 && shape.extent(last) >= SHORTEST_ROW;
    }

    private static boolean isContiguous(Place place, Shape shape) {
        int[] strides = strides(shape);
        for (int axis = 0; axis < strides.length; axis++) {
            if (shape.extent(axis) != 1 && strides[axis] != place.strides[axis]) {
                return false;
            }
        }
        return true;
    }

    /** The place of a value in another shape, or null where no strides say it. */
    private static Place reshaped(Place place, Shape from, Shape to) {
        if (from.equals(to)) {
            return place;
        }
        if (isContiguous(place, from)) {
            return new Place(place.owner, place.start, strides(to));
        }
        if (!Arrays.equals(Canonical.squeezed(from), Canonical.squeezed(to))) {
            return null;
        }
        int[] strides = strides(to);
        int next = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            if (to.extent(axis) != 1) {
                while (from.extent(next) == 1) {
                    next++;
                }
                strides[axis] = place.strides[next++];
            }
        }
        return new Place(place.owner, place.start, strides);
    }

    /** Row by row, without gaps. */
    static int[] strides(Shape shape) {
        int[] strides = new int[shape.rank()];
        int stride = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.extent(axis);
        }
        return strides;
    }
}
