package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.multibindings.OptionalBinder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.training.StopReason;
import org.thalweg.app.plugin.PluginJar;
import org.thalweg.app.run.Trainer;

/** Ctrl-C, in a process of its own. */
@DisabledOnOs(OS.WINDOWS)
class InterruptTest {
    @TempDir
    Path folder;

    @Test
    void an_interrupt_lets_the_trainer_finish_and_exits_with_130() throws Exception {
        assertEnds("INT", 130);
    }

    @Test
    void a_termination_lets_the_trainer_finish_and_exits_with_143() throws Exception {
        assertEnds("TERM", 143);
    }

    private void assertEnds(String signal, int code) throws Exception {
        PluginJar.build(folder.resolve("plugins/pond.jar"), "Pond", CommandLineTest.PLUGIN, "Pond");
        Path configuration = Files.writeString(folder.resolve("run.yaml"), CommandLineTest.CONFIGURATION);
        String classPath = Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"), "target/test-classes", "target/classes")
                .filter(path -> path != null && !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp", classPath, Endless.class.getName(),
                        "train", configuration.toString(), "--plugins", folder.resolve("plugins").toString(), "--run-folder",
                        folder.resolve("results").toString()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertEquals("training", output.readLine());
            new ProcessBuilder("/bin/bash", "-c", "kill -" + signal + " " + process.pid()).start().waitFor();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process must end");
            assertEquals(List.of("cancelled cleanly", "run folder: " + folder.resolve("results")), output.lines().toList());
            assertEquals(code, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    /** A command line whose trainer stops only when it is asked to. */
    static final class Endless {
        private Endless() {}

        /** The entry of the child process. */
        public static void main(String[] arguments) throws IOException {
            Trainer trainer = (configuration, results, listeners, cancelled) -> {
                System.out.println("training");
                while (!cancelled.getAsBoolean()) {
                    Thread.onSpinWait();
                }
                return new StopReason(StopReason.Kind.CANCELLED, "cancelled cleanly");
            };
            System.exit(Main.run(Console.ofProcess(), arguments,
                    binder -> OptionalBinder.newOptionalBinder(binder, Trainer.class).setBinding().toInstance(trainer)));
        }
    }
}
