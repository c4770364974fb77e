package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for a learning rate. */
class LearningRateTest {
    private static final String SMALLER = "--set=model=[flatten, {type: dense, units: 32, activation: relu}, {type: dense, units: 10}]";

    @TempDir
    Path folder;

    @Test
    void the_suggestion_for_the_digits_trains_better_than_a_hundredth_of_it() throws IOException {
        Path results = folder.resolve("search");
        InProcess search = InProcess.run("train", "examples/digits.yaml", SMALLER, "--find-learning-rate", "--run-folder", results.toString());

        assertEquals(List.of(), search.err());
        assertEquals(0, search.code());
        String last = search.out().getLast();
        assertTrue(last.startsWith("suggested learning rate (where the loss falls fastest): "), last);
        double rate = Double.parseDouble(last.substring(last.lastIndexOf(' ') + 1));
        assertTrue(rate > 1e-4 && rate < 0.3, last);
        assertEquals("learningRate,loss,smoothedLoss", Files.readAllLines(results.resolve("learning-rates.csv")).getFirst());
        assertNotNull(ImageIO.read(results.resolve("learning-rates.png").toFile()));
        assertTrue(Files.exists(results.resolve("learning-rates.svg")));
        double found = accuracy(rate, "found");
        double slow = accuracy(rate / 100, "slow");
        assertTrue(found > slow + 0.1, found + " with the suggestion, " + slow + " with a hundredth of it");
    }

    @Test
    void a_loss_that_is_not_finite_ends_the_search_and_is_no_error() {
        InProcess search = InProcess.run("train", "examples/diabetes.yaml", "--find-learning-rate", "--run-folder", folder.resolve("search").toString(),
                "--lowest-rate", "0.001", "--highest-rate", "1e30", "--rate-steps", "40");

        assertEquals(0, search.code(), search.err().toString());
        assertFalse(search.out().getFirst().contains("all 40 learning rates"), search.out().getFirst());
    }

    @Test
    void wrong_ranges_are_refused_before_anything_is_read() {
        assertEquals(List.of("thalweg train: the learning rates must go from above 0 to a larger number, but go from 2.0 to 1.0; 'thalweg train --help' shows how to use it"),
                InProcess.run("train", "gone.yaml", "--find-learning-rate", "--lowest-rate", "2", "--highest-rate", "1").err());
        assertEquals(List.of("thalweg train: --lowest-rate, --highest-rate and --rate-steps need --find-learning-rate; 'thalweg train --help' shows how to use it"),
                InProcess.run("train", "gone.yaml", "--rate-steps", "50").err());
    }

    private double accuracy(double rate, String run) {
        List<String> arguments = new ArrayList<>(List.of("train", "examples/digits.yaml", SMALLER, "--run-folder", folder.resolve(run).toString(),
                "--set", "optimizer.learningRate=" + rate, "--set", "training.epochs=2"));
        String last = InProcess.run(arguments.toArray(String[]::new)).out().getLast();
        return Double.parseDouble(last.substring(last.lastIndexOf(' ') + 1));
    }
}
