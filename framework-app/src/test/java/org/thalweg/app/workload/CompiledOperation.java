package org.thalweg.app.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.loss.BinaryCrossEntropyWithLogits;
import org.thalweg.loss.CosineEmbedding;
import org.thalweg.loss.CrossEntropy;
import org.thalweg.loss.Ctc;
import org.thalweg.loss.Huber;
import org.thalweg.loss.KlDivergence;
import org.thalweg.loss.MeanSquaredErrorLoss;

/** Single computations as programs, traced and compiled as the trainer does it. */
public final class CompiledOperation implements Operation {
    private final Runnable run;
    private final Supplier<double[]> figures;

    private CompiledOperation(Runnable run, Supplier<double[]> figures) {
        this.run = run;
        this.figures = figures;
    }

    @Override
    public void run() {
        run.run();
    }

    @Override
    public double[] figures() {
        return figures.get();
    }

    private record StepNumbers(Expression learningRate, Expression number) implements Step {}

    /** An optimizer's step. */
    public static Operation of(OptimizerUpdate update, Backend backend) {
        Graph graph = new Graph();
        Shape shape = Shape.of(update.size());
        Expression parameter = graph.variable("parameter", shape, DType.FLOAT32);
        Expression gradient = graph.input("gradient", shape, DType.FLOAT32);
        StepNumbers step = new StepNumbers(graph.scalar("learningRate", DType.FLOAT32), graph.scalar("step", DType.FLOAT32));
        Map<String, Expression> states = new LinkedHashMap<>();
        Update next = WorkloadPipeline.optimizer(update.rule()).update(parameter, gradient,
                (name, _) -> states.computeIfAbsent(name, absent -> graph.variable(absent, shape, DType.FLOAT32)), step);
        Map<Expression, Expression> updates = new LinkedHashMap<>(Map.of(parameter, (Expression) next.parameter()));
        next.state().forEach((name, value) -> updates.put(states.get(name), (Expression) value));

        Program program = backend.compile(new Computation(List.of(), updates, List.of()));
        float[] values = update.parameter();
        program.bind(parameter, values);
        program.bind(gradient, update.gradient());
        states.values().forEach(state -> program.bind(state, new float[update.size()]));
        program.set(step.learningRate(), update.rule().learningRate());
        int[] steps = new int[1];
        return new CompiledOperation(() -> {
            program.set(step.number(), ++steps[0]);
            program.run();
        }, () -> update.figures(values));
    }

    /** A product. */
    public static Operation of(Product product, Backend backend) {
        Graph graph = new Graph();
        Expression left = graph.input("left", Shape.of(product.rows(), product.inner()), DType.FLOAT32);
        Expression right = graph.input("right", Shape.of(product.inner(), product.columns()), DType.FLOAT32);
        Program program = backend.compile(Computation.of(List.of(left.matmul(right))));
        program.bind(left, product.left());
        program.bind(right, product.right());
        return new CompiledOperation(program::run,
                () -> Product.figures(Arrays.copyOf((float[]) program.output(0), product.rows() * product.columns())));
    }

    /** A loss and its gradient. */
    public static Operation of(LossCase lossCase, int rows, Backend backend) {
        LossCase.Data data = lossCase.data(rows);
        Graph graph = new Graph();
        Expression x = graph.variable("x", Shape.of(data.shape().stream().mapToInt(Integer::intValue).toArray()), DType.FLOAT32);
        Map<Expression, Object> leaves = new LinkedHashMap<>(Map.of(x, data.input()));
        Expression other = graph.variable("other", x.shape(), DType.FLOAT32);
        if (data.other().length > 0) {
            leaves.put(other, data.other());
        }
        int sequences = x.shape().extent(1);
        Expression whole = graph.input("whole", lossCase == LossCase.CTC ? Shape.of(sequences, LossCase.TARGET_LENGTH) : Shape.of(rows), DType.INT32);
        if (data.whole().length > 0) {
            leaves.put(whole, data.whole());
        }

        Map<String, Tensor> inputs = new HashMap<>();
        Loss loss = loss(lossCase);
        inputs.put(loss.inputs().getFirst(), lossCase == LossCase.KL_DIVERGENCE || lossCase == LossCase.CTC ? x.logSoftmax(-1) : x);
        switch (lossCase) {
            case CROSS_ENTROPY -> inputs.put(LossInputs.TARGET, whole);
            case SQUARED_ERROR, HUBER, BINARY_CROSS_ENTROPY, KL_DIVERGENCE -> inputs.put(LossInputs.TARGET, other);
            case COSINE_EMBEDDING -> {
                inputs.put("input2", other);
                inputs.put(LossInputs.TARGET, whole);
            }
            case CTC -> {
                inputs.put(LossInputs.TARGET, whole);
                inputs.put("inputLengths", lengths(graph, leaves, "inputLengths", sequences, LossCase.STEPS));
                inputs.put("targetLengths", lengths(graph, leaves, "targetLengths", sequences, LossCase.TARGET_LENGTH));
            }
        }
        Loss.Elements elements = loss.elements(new LossInputs(lossCase.label(), inputs));
        Expression mean = (Expression) elements.values().sum().div(elements.divisor());
        List<Expression> gradients = Gradients.of(mean, lossCase == LossCase.COSINE_EMBEDDING ? List.of(x, other) : List.of(x));
        List<Expression> outputs = new ArrayList<>(List.of(mean));
        outputs.addAll(gradients);
        Program program = backend.compile(new Computation(outputs, Map.of(), List.of(mean)));
        leaves.forEach(program::bind);
        return new CompiledOperation(() -> {
            if (!program.run()) {
                throw new IllegalStateException(lossCase.label() + " is not finite");
            }
        }, () -> LossCase.figures(program.number(0), (float[]) program.output(1), data.input().length));
    }

    private static Expression lengths(Graph graph, Map<Expression, Object> leaves, String name, int count, int length) {
        Expression lengths = graph.input(name, Shape.of(count), DType.INT32);
        int[] all = new int[count];
        Arrays.fill(all, length);
        leaves.put(lengths, all);
        return lengths;
    }

    private static Loss loss(LossCase lossCase) {
        return switch (lossCase) {
            case CROSS_ENTROPY -> Settings.of(CrossEntropy.class, Map.of());
            case SQUARED_ERROR -> Settings.of(MeanSquaredErrorLoss.class, Map.of());
            case HUBER -> Settings.of(Huber.class, Map.of());
            case BINARY_CROSS_ENTROPY -> Settings.of(BinaryCrossEntropyWithLogits.class, Map.of());
            case KL_DIVERGENCE -> Settings.of(KlDivergence.class, Map.of());
            case COSINE_EMBEDDING -> Settings.of(CosineEmbedding.class, Map.of());
            case CTC -> Settings.of(Ctc.class, Map.of("batchFirst", false));
        };
    }
}
