package org.thalweg.autodiff.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** The engines that compute the numbers of these tests. */
enum Evaluation {
    COMPILED {
        @Override
        List<double[]> values(List<Expression> outputs, Map<Expression, double[]> leaves) {
            try (CpuBackend backend = new CpuBackend(1)) {
                Program program = backend.compile(Computation.of(outputs));
                leaves.forEach((leaf, values) -> program.bind(leaf, array(leaf.dtype(), values)));
                program.run();
                List<double[]> values = new ArrayList<>();
                for (int i = 0; i < outputs.size(); i++) {
                    values.add(doubles(program.output(i), (int) outputs.get(i).shape().size()));
                }
                return values;
            }
        }
    },
    REFERENCE {
        @Override
        List<double[]> values(List<Expression> outputs, Map<Expression, double[]> leaves) {
            return ReferenceEvaluator.evaluate(outputs, leaves);
        }
    };

    abstract List<double[]> values(List<Expression> outputs, Map<Expression, double[]> leaves);

    /** What a training computes with. */
    static List<double[]> of(List<Expression> outputs, Map<Expression, double[]> leaves) {
        return COMPILED.values(outputs, leaves);
    }

    private static Object array(DType dtype, double... values) {
        switch (dtype) {
            case FLOAT32 -> {
                float[] floats = new float[values.length];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) values[i];
                }
                return floats;
            }
            case INT32 -> {
                int[] ints = new int[values.length];
                for (int i = 0; i < ints.length; i++) {
                    ints[i] = (int) values[i];
                }
                return ints;
            }
            case BOOL -> {
                boolean[] truths = new boolean[values.length];
                for (int i = 0; i < truths.length; i++) {
                    truths[i] = values[i] != 0;
                }
                return truths;
            }
            default -> {
                return values.clone();
            }
        }
    }

    private static double[] doubles(Object array, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = switch (array) {
                case float[] floats -> floats[i];
                case double[] doubles -> doubles[i];
                case int[] ints -> ints[i];
                case boolean[] truths -> truths[i] ? 1 : 0;
                default -> throw new IllegalArgumentException(array.getClass().getName());
            };
        }
        return values;
    }
}
