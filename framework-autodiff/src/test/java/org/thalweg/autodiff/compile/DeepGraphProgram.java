package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;

/** Builds, differentiates, compiles and runs a deep graph; prints seconds and results. */
final class DeepGraphProgram {
    static final int CHAIN = 100_000;
    static final int SCALARS = 50_000;
    static final int LAYERS = 1_000;
    static final int BATCH = 4;
    static final int UNITS = 8;

    private DeepGraphProgram() {}

    public static void main(String[] arguments) {
        Graph graph = new Graph();
        List<Expression> outputs = new ArrayList<>();
        List<Expression> with = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        long start = System.nanoTime();
        if (arguments[0].equals("recurrence")) {
            Expression w = graph.variable("w", Shape.of(UNITS, UNITS), DType.FLOAT64);
            Expression x = graph.variable("x", Shape.of(BATCH, UNITS), DType.FLOAT64);
            Tensor h = x.zerosLike();
            for (int layer = 0; layer < LAYERS; layer++) {
                h = h.matmul(w).add(x).tanh();
            }
            outputs.add((Expression) h.sum());
            with.add(w);
            with.add(x);
            values.add(ramp(UNITS * UNITS, -0.2, 0.006));
            values.add(ramp(BATCH * UNITS, -0.3, 0.02));
        } else if (arguments[0].equals("scalars")) {
            Expression x = graph.variable("x", Shape.of(3), DType.FLOAT64);
            Tensor rate = graph.scalar("rate", DType.FLOAT64);
            Tensor y = x;
            for (int i = 0; i < SCALARS; i++) {
                rate = rate.mul(0.9999);
                y = y.add(rate);
            }
            outputs.add((Expression) y.sum());
            with.add(x);
            values.add(ramp(3, 0, 1));
        } else {
            int size = Integer.parseInt(arguments[1]);
            Expression x = graph.variable("x", size == 1 ? Shape.scalar() : Shape.of(size), DType.FLOAT64);
            Tensor y = x;
            for (int i = 0; i < CHAIN; i++) {
                y = link(i, y, x);
            }
            outputs.add((Expression) y.sum());
            with.add(x);
            values.add(ramp(size, 0.3, 0.1));
        }
        outputs.addAll(Gradients.of(outputs.getFirst(), with));
        long traced = System.nanoTime();
        try (CpuBackend backend = new CpuBackend(1)) {
            Program program = backend.compile(Computation.of(outputs));
            long compiled = System.nanoTime();
            for (int i = 0; i < with.size(); i++) {
                program.bind(with.get(i), values.get(i));
            }
            for (int id = 0; id < graph.size(); id++) {
                if (graph.node(id).op() instanceof Op.Leaf(Op.LeafKind kind, _, _) && kind == Op.LeafKind.SCALAR) {
                    program.set(graph.node(id), 0.5);
                }
            }
            program.run();
            long run = System.nanoTime();
            System.out.printf("%s: %d nodes, %.1f s to trace, %.1f s to compile, %.1f s to run%n", String.join(" ", arguments), graph.size(),
                    (traced - start) / 1e9, (compiled - traced) / 1e9, (run - compiled) / 1e9);
            for (int i = 0; i < outputs.size(); i++) {
                StringBuilder line = new StringBuilder();
                for (int k = 0; k < outputs.get(i).shape().size(); k++) {
                    line.append(k == 0 ? "" : " ").append(Memory.element(program.output(i), k));
                }
                System.out.println(line);
            }
        }
    }

    /** One node of the chain: cheap ones, and a transcendental one in ten. */
    private static Tensor link(int i, Tensor y, Tensor x) {
        return switch (i % 10) {
            case 0, 5 -> y.mul(0.99);
            case 1, 7 -> y.add(0.01);
            case 2 -> y.sub(x);
            case 3 -> y.mul(y);
            case 4 -> y.max(0.05);
            case 6 -> y.add(x);
            case 8 -> i % 20 == 8 ? y.sin() : y.tanh();
            default -> y.neg();
        };
    }

    static double[] ramp(int size, double from, double step) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = from + step * i;
        }
        return values;
    }
}
