package org.thalweg.app.workload;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What framework-bench measures works, in a JVM that has done nothing else. Never a time: machines differ. */
class WorkloadsTest {
    private static final int SINGLE_COMPUTATIONS = 12;

    @TempDir
    Path folder;

    @Test
    void every_workload_learns_and_allocates_nothing_after_warm_up() throws Exception {
        List<String> lines = output();

        assertEquals(Workload.ALL.size() + SINGLE_COMPUTATIONS, lines.size(), lines.toString());
        assertAll(lines.stream().map(line -> () -> {
            String[] words = line.split(" ");
            double first = Double.parseDouble(words[1]);
            double last = Double.parseDouble(words[2]);
            assertTrue(Double.isFinite(first) && last < first, words[0] + ": the loss went from " + first + " to " + last);
            assertTrue(Long.parseLong(words[3]) <= WorkloadsProgram.EVENT_BYTES, words[0] + " allocates " + words[3] + " bytes between two looks");
        }));
    }

    private List<String> output() throws Exception {
        String classPath = Stream.of("target/test-classes", "target/classes", System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
                .filter(path -> path != null && !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                        "--add-modules", "jdk.incubator.vector", "-cp", classPath, WorkloadsProgram.class.getName())
                .redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        if (!process.waitFor(500, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        assertEquals(0, process.exitValue(), Files.readString(output) + Files.readString(errors));
        return Files.readAllLines(output);
    }
}
