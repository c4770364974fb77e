package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The framework on the class path of a JVM that was started without any flag. */
class PlainKernelsTest {
    @TempDir
    Path folder;

    @Test
    void without_flags_plain_kernels_train_and_one_warning_names_the_flag() throws Exception {
        String classPath = Stream.of("target/test-classes", "target/classes", System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
                .filter(path -> path != null && !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        Path results = folder.resolve("results");
        Path messages = folder.resolve("messages");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath, Main.class.getName(),
                        "train", "examples/iris.yaml", "--run-folder", results.toString(), "--set", "training.epochs=15")
                .redirectError(messages.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes());

        assertEquals(0, process.waitFor(), output + Files.readString(messages));
        assertTrue(output.lines().toList().getLast().matches("test accuracy: (0\\.[89]|1)[0-9.]*"), output);
        assertTrue(Files.readString(results.resolve("manifest.json")).contains("\"cpu, plain Java, "), "the kernels in the manifest");
        List<String> warnings = Files.readAllLines(messages).stream().filter(line -> line.contains("--add-modules jdk.incubator.vector")).toList();
        assertEquals(1, warnings.size(), Files.readString(messages));
    }
}
