package org.thalweg.autodiff.compile;

import java.util.List;
import org.thalweg.autodiff.graph.Expression;

/**
 * A compiled {@link Computation}. Leaves are bound to arrays once or between runs; a run reads inputs and variables where they are, updates variables
 * in place, and allocates nothing. One thread at a time.
 */
public interface Program {
    /**
     * Gives an input or variable its array: {@code float[]}, {@code double[]}, {@code int[]} or {@code boolean[]}, row-major, at least as long as the
     * shape's size. The array is used in place, not copied; several programs may share a variable's array. Leaves that the computation does
     * not need are ignored.
     */
    void bind(Expression leaf, Object array);

    /** Sets a scalar leaf for the runs to come. */
    void set(Expression scalar, double value);

    /** Sets the seed and step that random nodes draw from. */
    void random(long seed, long step);

    /**
     * Computes the outputs and then the updates.
     *
     * @return false if a value that must be finite was not; then no variable was changed
     */
    boolean run();

    /** The array of an output, valid until the next run; it may be longer than the output. */
    Object output(int position);

    /** The single number of an output of size 1. */
    double number(int position);

    /** Begins to measure each step of the runs to come, which costs some time itself. */
    default void startProfile() {}

    /** What was measured, in the order of the steps; nothing where {@link #startProfile} was not called, or the backend cannot tell. */
    default List<StepProfile> profile() {
        return List.of();
    }
}
