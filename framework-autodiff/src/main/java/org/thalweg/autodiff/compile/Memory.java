package org.thalweg.autodiff.compile;

import java.util.Arrays;
import java.util.List;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.GemmWorkspace;
import org.thalweg.autodiff.kernel.PackedMatrix;
import org.thalweg.autodiff.kernel.WorkerPool;

/** What the steps of a program work on. */
final class Memory {
    final Object[] buffers;
    final double[] scalars;
    final WorkerPool pool;
    final Scratch[] scratch;
    private final GemmWorkspace[][] workspaces = new GemmWorkspace[DType.values().length][];
    private final PackedMatrix[] packed = new PackedMatrix[DType.values().length];
    long seed;
    long step;

    Memory(Object[] buffers, double[] scalars, WorkerPool pool, int reductions, int operandsOfShortRows) {
        this.buffers = buffers;
        this.scalars = scalars;
        this.pool = pool;
        this.scratch = new Scratch[pool.threads()];
        for (int worker = 0; worker < scratch.length; worker++) {
            scratch[worker] = new Scratch(reductions, operandsOfShortRows);
        }
    }

    /** Makes the workspaces of a matrix product's threads. */
    void prepare(DType dtype, Gemm gemm) {
        if (workspaces[dtype.ordinal()] == null) {
            GemmWorkspace[] each = new GemmWorkspace[pool.threads()];
            Arrays.setAll(each, worker -> gemm.workspace());
            workspaces[dtype.ordinal()] = each;
        }
    }

    /** Makes the memory in which factors are packed that only one product needs, one after the other. */
    void preparePacked(DType dtype, PackedMatrix matrix) {
        packed[dtype.ordinal()] = matrix;
    }

    PackedMatrix packed(DType dtype) {
        return packed[dtype.ordinal()];
    }

    GemmWorkspace workspace(DType dtype, int worker) {
        return workspaces[dtype.ordinal()][worker];
    }

    static Object array(DType dtype, int length) {
        return switch (dtype) {
            case FLOAT32 -> new float[length];
            case FLOAT64 -> new double[length];
            case INT32 -> new int[length];
            case BOOL -> new boolean[length];
        };
    }

    static Object array(DType dtype, List<Double> values) {
        Object array = array(dtype, values.size());
        for (int i = 0; i < values.size(); i++) {
            switch (array) {
                case float[] floats -> floats[i] = values.get(i).floatValue();
                case double[] doubles -> doubles[i] = values.get(i);
                case int[] ints -> ints[i] = values.get(i).intValue();
                default -> ((boolean[]) array)[i] = values.get(i) != 0;
            }
        }
        return array;
    }

    static int length(Object array) {
        return switch (array) {
            case float[] floats -> floats.length;
            case double[] doubles -> doubles.length;
            case int[] ints -> ints.length;
            case boolean[] booleans -> booleans.length;
            default -> throw new IllegalArgumentException(array.getClass() + " is not an array of numbers");
        };
    }

    static boolean fits(DType dtype, Object array) {
        return switch (dtype) {
            case FLOAT32 -> array instanceof float[];
            case FLOAT64 -> array instanceof double[];
            case INT32 -> array instanceof int[];
            case BOOL -> array instanceof boolean[];
        };
    }

    static double element(Object array, int position) {
        return switch (array) {
            case float[] floats -> floats[position];
            case double[] doubles -> doubles[position];
            case int[] ints -> ints[position];
            case boolean[] booleans -> booleans[position] ? 1 : 0;
            default -> throw new IllegalArgumentException(array.getClass() + " is not an array of numbers");
        };
    }
}
