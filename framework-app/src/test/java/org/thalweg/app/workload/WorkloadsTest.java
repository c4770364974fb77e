package org.thalweg.app.workload;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What framework-bench measures works, in JVMs that have done nothing else. Never a time: machines differ. */
class WorkloadsTest {
    private static final int SINGLE_COMPUTATIONS = 12;

    @TempDir
    Path folder;

    @Test
    void every_workload_learns_and_allocates_nothing_after_warm_up() throws Exception {
        Child trainings = new Child(WorkloadsProgram.TRAININGS);
        Child operations = new Child(WorkloadsProgram.OPERATIONS);
        List<String> lines = new ArrayList<>(trainings.lines());
        lines.addAll(operations.lines());

        assertEquals(Workload.ALL.size() + SINGLE_COMPUTATIONS, lines.size(), lines.toString());
        assertAll(lines.stream().map(line -> () -> {
            String[] words = line.split(" ");
            double first = Double.parseDouble(words[1]);
            double last = Double.parseDouble(words[2]);
            assertTrue(Double.isFinite(first) && last < first, words[0] + ": the loss went from " + first + " to " + last);
            assertTrue(Long.parseLong(words[3]) <= WorkloadsProgram.allowed(words[0]), words[0] + " allocates " + words[3] + " bytes between two looks");
        }));
    }

    /** A JVM that runs one half. */
    private final class Child {
        private final Path output;
        private final Path errors;
        private final Process process;

        Child(String half) throws IOException {
            String classPath = Stream.of("target/test-classes", "target/classes", System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
                    .filter(path -> path != null && !path.isEmpty())
                    .collect(Collectors.joining(File.pathSeparator));
            output = folder.resolve(half);
            errors = folder.resolve(half + "-errors");
            process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                            "--add-modules", "jdk.incubator.vector", "-cp", classPath, WorkloadsProgram.class.getName(), half)
                    .redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        }

        List<String> lines() throws IOException, InterruptedException {
            if (!process.waitFor(300, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            assertEquals(0, process.exitValue(), Files.readString(output) + Files.readString(errors));
            return Files.readAllLines(output);
        }
    }
}
