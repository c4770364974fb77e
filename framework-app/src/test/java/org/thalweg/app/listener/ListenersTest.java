package org.thalweg.app.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.api.training.TrainingListener.EpochEnded;
import org.thalweg.api.training.TrainingListener.RunStarted;

/** What listeners write while a run goes on. */
class ListenersTest {
    @TempDir
    Path folder;

    @Test
    void a_table_has_a_row_of_names_and_a_row_for_each_epoch_and_is_continued() throws IOException {
        Path file = folder.resolve("metrics.csv");
        tell(new CsvListener(file), 1, 0.5, Double.NaN);
        tell(new CsvListener(file), 2, 1e-9, 0.75);

        assertEquals("""
                epoch,step,train.loss,validation.accuracy,seconds,samplesPerSecond
                1,10,0.5,,0.25,2000.0
                2,20,1.0E-9,0.75,0.25,2000.0
                """, Files.readString(file));
    }

    @Test
    void lines_of_json_have_null_for_what_is_not_finite() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        tell(new JsonLinesListener(file), 1, 0.5, Double.NaN);

        assertEquals("{\"epoch\":1,\"step\":10,\"train.loss\":0.5,\"validation.accuracy\":null,\"seconds\":0.25,\"samplesPerSecond\":2000.0}\n",
                Files.readString(file));
    }

    @Test
    void lines_for_people_have_four_places() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TrainingListener listener = new PrintListener(new PrintStream(out, true, StandardCharsets.UTF_8));
        listener.runStarted(new RunStarted("iris", 1234, 120, 2, 10, 1));
        tell(listener, 1, 0.00001, 0.75);

        assertEquals("""
                iris: 1,234 parameters, 120 rows, 10 steps an epoch
                epoch 1/2: loss 1.000e-05, validation accuracy 0.7500, 2000 samples/s, 0.3 s
                """.replace("0.3 s", "%.1f s".formatted(0.25)), out.toString(StandardCharsets.UTF_8));
    }

    private static void tell(TrainingListener listener, int epoch, double loss, double accuracy) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("train.loss", loss);
        metrics.put("validation.accuracy", accuracy);
        listener.epochEnded(new EpochEnded(epoch, 10L * epoch, metrics, 0.25, 2000));
    }
}
