package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
    @TempDir
    Path folder;

    @Test
    void a_profile_names_the_products_and_loops_of_a_step_and_their_shares_add_up() {
        InProcess run = InProcess.run("train", "examples/digits.yaml", "--profile", "--set", "training.epochs=3", "--run-folder", folder.resolve("run").toString());

        assertEquals(0, run.code(), run.err()::toString);
        List<String> lines = run.out();
        assertTrue(lines.stream().anyMatch(line -> line.matches("a step takes [0-9.]+ us, in the mean of [0-9,]+; this machine reaches .*")), run.out()::toString);
        assertTrue(lines.stream().anyMatch(line -> line.contains("matmul [32, 64] x [512, 64]^T") && line.contains("layer 2")), run.out()::toString);
        assertTrue(lines.stream().anyMatch(line -> line.contains("optimizer adam")), run.out()::toString);
        Matcher share = Pattern.compile("^ *[0-9.]+ +([0-9.]+)%", Pattern.MULTILINE).matcher(String.join("\n", lines));
        double sum = 0;
        while (share.find()) {
            sum += Double.parseDouble(share.group(1));
        }
        assertTrue(Math.abs(sum - 100) < 3, run.out()::toString);
        assertTrue(lines.getLast().startsWith("test accuracy: "), run.out()::toString);
    }
}
