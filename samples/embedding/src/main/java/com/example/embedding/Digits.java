package com.example.embedding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.Sequence;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.pipeline.Prediction;
import org.thalweg.app.pipeline.TrainingResult;
import org.thalweg.app.pipeline.Weights;
import org.thalweg.app.plugin.PluginLoader;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Flatten;
import org.thalweg.autodiff.layer.Relu;
import org.thalweg.data.Bundled;
import org.thalweg.data.Scale;
import org.thalweg.data.Split;
import org.thalweg.loss.CrossEntropy;

/** Trains on handwritten digits, tells how it goes, stops when somebody types q, and reads digits with what was learned. */
public final class Digits {
    private static final Layer MODEL = new Sequence(List.of(new Flatten(), Dense.of(64, new Relu()), Dense.of(10)));

    private Digits() {}

    /** The first argument, if there is one, is the number of epochs. */
    public static void main(String[] arguments) throws IOException {
        System.out.println(Digits.class.getModule().isNamed() ? "on the module path" : "on the class path");
        Dataset data = new Bundled(Bundled.Name.DIGITS).open(new DataContext(Path.of("")));
        Split split = Split.of(data, 0.2, true, 1);
        Dataset training = new Scale(0.0625, 0, "input").fit(split.rest()).apply(split.rest());
        Dataset test = new Scale(0.0625, 0, "input").fit(split.rest()).apply(split.part());

        try (PluginSet plugins = PluginLoader.load(Digits.class.getClassLoader(), Optional.empty())) {
            Pipeline pipeline = Pipeline.builder()
                    .name("digits")
                    .training(training)
                    .model(MODEL)
                    .loss(Settings.of(CrossEntropy.class, Map.of()))
                    .optimizer(optimizer(plugins))
                    .epochs(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20)
                    .listener(new Progress())
                    .build();
            Thread.ofPlatform().daemon().name("keyboard").start(() -> cancelOnQ(pipeline));
            TrainingResult result = pipeline.train();
            System.out.println(result.reason().kind() + ": " + result.reason().message());
            System.out.printf(java.util.Locale.ROOT, "accuracy on %d digits: %.4f%n", test.size(), accuracy(result.bestWeights(), test));
        }
    }

    /** By its name, as a configuration does; {@code new HeavyBall(0.02, 0.9)} is the same. */
    private static Optimizer optimizer(PluginSet plugins) {
        List<SettingsProblem> problems = new ArrayList<>();
        Optimizer optimizer = plugins.registry().resolve(
                Optimizer.class, Map.of("type", "heavy-ball", "learningRate", 0.02), "optimizer", problems::add);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        return optimizer;
    }

    private static final class Progress implements TrainingListener {
        @Override
        public void epochEnded(EpochEnded event) {
            System.out.printf(java.util.Locale.ROOT, "epoch %d: loss %.4f%n", event.epoch(), event.metrics().get("train.loss"));
        }
    }

    /** The run ends after the step that it is at. */
    private static void cancelOnQ(Pipeline pipeline) {
        try {
            BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in));
            for (String line = keyboard.readLine(); line != null; line = keyboard.readLine()) {
                if (line.strip().equals("q")) {
                    pipeline.cancel();
                }
            }
        } catch (IOException e) {
            System.err.println("the keyboard cannot be read: " + e.getMessage());
        }
    }

    private static double accuracy(Weights weights, Dataset test) {
        Map<String, double[]> numbers = new HashMap<>();
        weights.parameters().forEach((path, tensor) -> numbers.put(path, tensor.values()));
        int[] rows = new int[test.size()];
        java.util.Arrays.setAll(rows, i -> i);
        int[] classes = new int[test.size()];
        test.read(test.schema().indexOf("target"), rows, 0, rows.length, classes);
        int right = 0;
        try (Prediction prediction = new Prediction(
                MODEL, DType.FLOAT32, "input", test.schema(), numbers, test.size(), new CpuBackend(1))) {
            double[] scores = prediction.of(test, 0, test.size());
            for (int row = 0; row < test.size(); row++) {
                right += best(scores, row * 10) == classes[row] ? 1 : 0;
            }
        }
        return (double) right / test.size();
    }

    private static int best(double[] scores, int from) {
        int best = 0;
        for (int i = 1; i < 10; i++) {
            best = scores[from + i] > scores[from + best] ? i : best;
        }
        return best;
    }
}
