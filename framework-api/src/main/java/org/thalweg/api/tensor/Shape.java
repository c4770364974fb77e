package org.thalweg.api.tensor;

import java.util.Arrays;

/**
 * The extents of a tensor, outermost first; row-major. A scalar has rank 0 and size 1. An extent may be 0.
 *
 * <p>Axes may be given from the end: -1 is the last.
 */
public final class Shape {
    private static final Shape SCALAR = new Shape();

    private final int[] extents;

    private Shape(int... extents) {
        this.extents = extents;
    }

    /** The shape with these extents, none negative. */
    public static Shape of(int... extents) {
        for (int extent : extents) {
            if (extent < 0) {
                throw new ShapeException("a shape cannot have the negative extent " + extent + ": " + Arrays.toString(extents));
            }
        }
        Shape shape = extents.length == 0 ? SCALAR : new Shape(extents.clone());
        if (shape.size() > Integer.MAX_VALUE - 8) {
            throw new ShapeException("the shape " + shape + " has more elements than an array can hold");
        }
        return shape;
    }

    /** The shape of a single number: rank 0. */
    public static Shape scalar() {
        return SCALAR;
    }

    /** The number of axes. */
    public int rank() {
        return extents.length;
    }

    /** The extent along an axis; -1 is the last axis. */
    public int extent(int axis) {
        return extents[axis(axis)];
    }

    /** The same axis counted from the front. */
    public int axis(int axis) {
        int counted = axis < 0 ? axis + extents.length : axis;
        if (counted < 0 || counted >= extents.length) {
            throw new ShapeException("axis " + axis + " does not exist in the shape " + this);
        }
        return counted;
    }

    /** The number of elements: the product of the extents. */
    public long size() {
        long size = 1;
        for (int extent : extents) {
            size = Math.multiplyExact(size, (long) extent);
        }
        return size;
    }

    /** A copy of the extents. */
    public int[] toArray() {
        return extents.clone();
    }

    /** This shape with one extent replaced. */
    public Shape with(int axis, int extent) {
        int[] changed = extents.clone();
        changed[axis(axis)] = extent;
        return of(changed);
    }

    /** This shape without an axis. */
    public Shape without(int axis) {
        int removed = axis(axis);
        int[] rest = new int[extents.length - 1];
        for (int i = 0, j = 0; i < extents.length; i++) {
            if (i != removed) {
                rest[j++] = extents[i];
            }
        }
        return of(rest);
    }

    /** This shape with an axis more, at the end. */
    public Shape append(int extent) {
        int[] longer = Arrays.copyOf(extents, extents.length + 1);
        longer[extents.length] = extent;
        return of(longer);
    }

    /** This shape with an axis more, at the front. */
    public Shape prepend(int extent) {
        int[] longer = new int[extents.length + 1];
        longer[0] = extent;
        System.arraycopy(extents, 0, longer, 1, extents.length);
        return of(longer);
    }

    /** The axes from {@code from} up to, but without, {@code to}. */
    public Shape sub(int from, int to) {
        return of(Arrays.copyOfRange(extents, from, to));
    }

    /** Whether a tensor of this shape can be repeated to the other one: aligned at the last axis, each extent equal or 1. */
    public boolean broadcastsTo(Shape other) {
        if (rank() > other.rank()) {
            return false;
        }
        for (int i = 1; i <= rank(); i++) {
            int mine = extents[rank() - i];
            if (mine != other.extents[other.rank() - i] && mine != 1) {
                return false;
            }
        }
        return true;
    }

    /** The shape that both broadcast to, or null where there is none. */
    public Shape broadcastWith(Shape other) {
        if (equals(other)) {
            return this;
        }
        int[] common = new int[Math.max(rank(), other.rank())];
        for (int i = 1; i <= common.length; i++) {
            int mine = i <= rank() ? extents[rank() - i] : 1;
            int theirs = i <= other.rank() ? other.extents[other.rank() - i] : 1;
            if (mine != theirs && mine != 1 && theirs != 1) {
                return null;
            }
            common[common.length - i] = mine == 1 ? theirs : mine;
        }
        return of(common);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    /** As in {@code [64, 784]}; a scalar is {@code []}. */
    @Override
    public String toString() {
        return Arrays.toString(extents);
    }
}
