package org.thalweg.autodiff.compile;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.api.tensor.DType;

/** A test program in a JVM of its own, on the class path, with options of its own. */
final class ChildJvm {
    /** What the program left: its exit code, standard output and standard error. */
    record Result(int exitCode, String output, String errors) {}

    private final Process process;
    private final CompletableFuture<String> output;
    private final CompletableFuture<String> errors;

    private ChildJvm(Process process) {
        this.process = process;
        output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    }

    /** Starts a class's main method. */
    static ChildJvm start(Class<?> program, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(Stream.of(CpuBackend.class, DType.class, ChildJvm.class).map(ChildJvm::place).distinct()
                .collect(Collectors.joining(System.getProperty("path.separator"))));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command).start());
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Waits for the end; a program that takes longer than this is ended, and its exit code is not 0. */
    Result await(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return new Result(-1, output.join(), errors.join() + "ended after " + seconds + " seconds");
        }
        return new Result(process.exitValue(), output.join(), errors.join());
    }
}
