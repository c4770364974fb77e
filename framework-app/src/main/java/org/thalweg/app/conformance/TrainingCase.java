package org.thalweg.app.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Transform;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.Sequence;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.pipeline.StoredTensor;
import org.thalweg.app.pipeline.TrainingResult;

/** A whole training: the loss of every step, and the parameters at the end. */
final class TrainingCase {
    private static final String IRIS = "iris, standardised with the population mean and standard deviation";
    private static final Pattern DENSE = Pattern.compile("dense (\\d+)-(\\d+)");

    private TrainingCase() {}

    /** What differs. */
    static Optional<String> run(GoldenCase golden, CaseContext context) throws UnsupportedCaseException, IOException {
        Optimizer optimizer = Ascent.of(golden, context);
        Loss loss = context.make(Loss.class, golden.text("loss"), TorchNames.LOSSES, Map.of());
        Map<String, double[]> initial = new HashMap<>();
        golden.tensors("initial").forEach((path, tensor) -> initial.put(path, tensor.data()));
        double[] rows = golden.numbers("order");
        int[] order = new int[rows.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) rows[i];
        }
        List<Double> losses = new ArrayList<>();
        try (Dataset data = data(golden.text("data"), context)) {
            TrainingResult result = Pipeline.builder()
                    .dtype(DType.FLOAT64)
                    .training(data)
                    .model(model(golden.text("model"), context))
                    .loss(loss)
                    .optimizer(optimizer)
                    .batchSize((int) golden.number("batch"))
                    .epochs((int) golden.number("epochs"))
                    .initialParameters(initial)
                    .rowOrder(epoch -> order)
                    .listenEverySteps(1)
                    .listener(new TrainingListener() {
                        @Override
                        public void stepEnded(StepEnded step) {
                            losses.add(step.loss());
                        }
                    })
                    .backend(context.backends())
                    .build()
                    .train();
            Optional<String> difference = Comparison.difference("loss of step", golden.numbers("loss_per_step"),
                    losses.stream().mapToDouble(Double::doubleValue).toArray(), Comparison.ABSOLUTE);
            for (Map.Entry<String, GoldenTensor> last : golden.tensors("final").entrySet()) {
                StoredTensor got = result.finalWeights().parameters().get(last.getKey());
                difference = difference.or(() -> got == null
                        ? Optional.of("there is no parameter '" + last.getKey() + "'")
                        : Comparison.difference("'" + last.getKey() + "' at the end", last.getValue(), got.shape().toArray(), got.values()));
            }
            return difference;
        }
    }

    private static Dataset data(String name, CaseContext context) throws UnsupportedCaseException, IOException {
        if (!name.equals(IRIS)) {
            throw new UnsupportedCaseException("the data '" + name + "' is not known, only '" + IRIS + "'");
        }
        Dataset flowers = context.make(DataSource.class, "bundled", Map.of(), Map.of("name", "iris"))
                .open(new DataContext(Path.of("")));
        return context.make(Transform.class, "standardise", Map.of(), Map.of()).fit(flowers).apply(flowers);
    }

    /** As in {@code dense 4-8, tanh, dense 8-3}. */
    private static Layer model(String description, CaseContext context) throws UnsupportedCaseException {
        List<Layer> layers = new ArrayList<>();
        for (String part : description.split(", ")) {
            Matcher dense = DENSE.matcher(part);
            boolean sized = dense.matches();
            layers.add(context.make(Layer.class, sized ? "dense" : part, Map.of(),
                    sized ? Map.of("units", Integer.valueOf(dense.group(2))) : Map.of()));
        }
        return new Sequence(layers);
    }
}
