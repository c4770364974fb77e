package org.thalweg.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts measuring processes, one at a time, and ends those that hang. */
final class Launcher {
    private final Path bench;

    /**
     * A launcher.
     *
     * @param bench the folder framework-bench
     */
    Launcher(Path bench) {
        this.bench = bench;
    }

    /** Runs a process to its end. Whatever goes wrong is in the outcome. */
    Outcome run(Variant variant, int threads, List<String> arguments, int limitSeconds) {
        Path classPath = variant.classPathFile(bench);
        if (!Files.exists(classPath)) {
            return Outcome.of(List.of(), Optional.of(variant.name() + " is not built: there is no " + bench.relativize(classPath)));
        }
        try {
            Path log = bench.resolve("harness/target/" + variant.name() + ".log");
            Process process = variant.process(bench, Files.readString(classPath), threads, arguments)
                    // Crash reports go there too.
                    .directory(bench.resolve("harness/target").toFile())
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start();
            // Who stops the bench stops what it measures.
            Thread stop = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(stop);
            Optional<String> failure = Optional.empty();
            if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                failure = Optional.of("took more than " + limitSeconds + " seconds and was ended");
            } else if (process.exitValue() != 0) {
                failure = Optional.of("ended with " + process.exitValue() + ", see " + bench.relativize(log));
            }
            Runtime.getRuntime().removeShutdownHook(stop);
            return Outcome.of(Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1).lines().toList(), failure);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
