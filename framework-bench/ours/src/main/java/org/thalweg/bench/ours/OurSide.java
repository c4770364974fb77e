package org.thalweg.bench.ours;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.pipeline.PipelineBuilder;
import org.thalweg.app.pipeline.TrainingResult;
import org.thalweg.app.workload.CompiledOperation;
import org.thalweg.app.workload.LossCase;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Operation;
import org.thalweg.app.workload.OptimizerUpdate;
import org.thalweg.app.workload.Product;
import org.thalweg.app.workload.Workload;
import org.thalweg.app.workload.WorkloadPipeline;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Flatten;
import org.thalweg.autodiff.layer.Relu;
import org.thalweg.bench.CsvReading;
import org.thalweg.bench.FashionMnistFiles;
import org.thalweg.bench.Library;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.Side;
import org.thalweg.bench.StepClock;
import org.thalweg.data.FashionMnist;
import org.thalweg.data.Part;
import org.thalweg.data.Scale;
import org.thalweg.loss.Accuracy;
import org.thalweg.loss.CrossEntropy;
import org.thalweg.optim.Adam;

/** Thalweg, as a user calls it: a pipeline with a listener. Single computations are programs like the trainer's. */
final class OurSide implements Side {
    private final int threads;
    private CpuBackend backend;

    private OurSide(int threads) {
        this.threads = threads;
    }

    public static void main(String[] arguments) {
        Measuring.main(OurSide::new, arguments);
    }

    @Override
    public String version() {
        return Library.of(Pipeline.class);
    }

    @Override
    public double[] losses(Workload workload, int steps) {
        List<Double> losses = new ArrayList<>();
        WorkloadPipeline.of(workload, steps).threads(threads).listenEverySteps(1).listener(new TrainingListener() {
            @Override
            public void stepEnded(StepEnded event) {
                losses.add(event.loss());
            }
        }).build().train();
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public double train(Workload workload, StepClock clock) {
        PipelineBuilder builder = WorkloadPipeline.of(workload).threads(threads).epochs(Integer.MAX_VALUE);
        Clocked clocked = new Clocked(clock);
        clocked.pipeline = builder.listener(clocked).build();
        long start = System.nanoTime();
        TrainingResult result = clocked.pipeline.train();
        switch (result.reason().kind()) {
            case COMPLETED, CANCELLED -> {}
            case CONVERGED, DIVERGED -> throw new IllegalStateException(result.reason().message());
        }
        return (clocked.started - start) * 1e-9;
    }

    /** Ends the training when the clock has seen enough. */
    private static final class Clocked implements TrainingListener {
        private final StepClock clock;
        private Pipeline pipeline;
        private long started;

        Clocked(StepClock clock) {
            this.clock = clock;
        }

        @Override
        public void runStarted(RunStarted event) {
            started = System.nanoTime();
        }

        @Override
        public void stepEnded(StepEnded event) {
            if (clock.tick(event.epoch(), event.step())) {
                pipeline.cancel();
            }
        }
    }

    @Override
    public Operation update(OptimizerUpdate update) {
        return CompiledOperation.of(update, backend());
    }

    @Override
    public Operation loss(LossCase lossCase) {
        return CompiledOperation.of(lossCase, LossCase.ROWS, backend());
    }

    @Override
    public Operation product(Product product) {
        return CompiledOperation.of(product, backend());
    }

    @Override
    public Optional<Operation> read(CsvReading reading, Path file) {
        return switch (reading) {
            case DOUBLE -> Optional.of(new CsvPass(file, false));
            case FLOAT -> Optional.of(new CsvPass(file, true));
            case FIELDS -> Optional.empty();
        };
    }

    private CpuBackend backend() {
        backend = backend == null ? new CpuBackend(threads) : backend;
        return backend;
    }

    @Override
    public double accuracyOnFashionMnist() {
        CpuBackend.warmUp();
        Map<String, double[]> weights = new LinkedHashMap<>();
        // The pictures are made flat by a layer before those of W1.
        Numbers.of(Workload.of("W1")).weights().forEach((path, values) -> {
            double[] doubles = new double[values.length];
            Arrays.setAll(doubles, i -> values[i]);
            weights.put(path.replaceFirst("^1", "2").replaceFirst("^0", "1"), doubles);
        });
        TrainingResult result = Pipeline.builder()
                .training(pictures(Part.TRAIN))
                .test(pictures(Part.TEST))
                .model(new Flatten(), Dense.of(128, new Relu()), Dense.of(10))
                .initialParameters(weights)
                .loss(Settings.of(CrossEntropy.class, Map.of()))
                .optimizer(Settings.of(Adam.class, Map.of()))
                .metric("accuracy", new Accuracy())
                .batchSize(64)
                .threads(threads)
                .build()
                .train();
        return result.metrics().get("test.accuracy");
    }

    private static Dataset pictures(Part part) {
        try {
            Dataset raw = new FashionMnist(part, Optional.of(FashionMnistFiles.FOLDER.toString())).open(new DataContext(FashionMnistFiles.FOLDER));
            return new Scale(1 / 255.0, 0, "input").fit(raw).apply(raw);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
