package org.thalweg.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A way to start a library. Several variants of one library compete; the best one counts.
 *
 * @param name for tables, as {@code torch-mkl}
 * @param module its folder in framework-bench
 * @param main its main class
 * @param options of the JVM
 * @param environment beside the numbers of threads
 * @param groups the workloads that it takes part in
 * @param warmSeconds before a training counts
 */
record Variant(String name, String module, String main, List<String> options, Map<String, String> environment, Set<String> groups,
        double warmSeconds) {
    private static final Set<String> ALL = Set.copyOf(Options.GROUPS);
    private static final Set<String> COMPUTING = ALL.stream().filter(group -> !group.equals("csv")).collect(Collectors.toUnmodifiableSet());

    /** glibc gives freed memory back to the system unless told otherwise, and then every step pays for page faults. */
    private static final Map<String, String> KEEP_MEMORY = Map.of("MALLOC_MMAP_THRESHOLD_", "33554432", "MALLOC_TRIM_THRESHOLD_", "2000000000",
            "MALLOC_TOP_PAD_", "67108864");

    static final Variant OURS = new Variant("ours", "ours", "ours.OurSide", List.of("--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC"),
            Map.of(), ALL, 2.5);

    /** The others; each starts the way that was fastest for it. */
    static final List<Variant> PEERS = List.of(
            new Variant("torch-openblas", "torch", "torch.TorchSide", List.of("--enable-native-access=ALL-UNNAMED"),
                    with(KEEP_MEMORY, "OMP_WAIT_POLICY", "PASSIVE"), COMPUTING, 1),
            // What multiplies no matrices needs no second matrix library. One OpenMP runtime for both MKL and PyTorch.
            new Variant("torch-mkl", "torch", "torch.TorchSide", List.of("--enable-native-access=ALL-UNNAMED", "-Dorg.bytedeco.openblas.load=mkl"),
                    with(KEEP_MEMORY, "MKL_THREADING_LAYER", "GNU"),
                    Set.of("W1", "W2", "W3", "W4", "W5", "W8", "W9a", "W9b"), 1),
            new Variant("smile", "smile", "smile.SmileSide", List.of("--enable-native-access=ALL-UNNAMED"), Map.of(), Set.of("W3"), 2),
            // With two threads it is slow for several seconds.
            new Variant("djl", "djl", "djl.DjlSide", List.of("--enable-native-access=ALL-UNNAMED"), KEEP_MEMORY,
                    Set.of("W1", "W3", "W4", "W5", "cold"), 4),
            // Its two pools of threads must not spin against each other. Its code for AVX-512 is no faster.
            new Variant("dl4j", "dl4j", "dl4j.Dl4jSide",
                    List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.platform.extension=-avx2"),
                    Map.of("OMP_WAIT_POLICY", "PASSIVE", "OPENBLAS_THREAD_TIMEOUT", "8"), Set.of("W1", "W2", "W3", "W4", "W5", "cold"), 3),
            new Variant("fastcsv", "fastcsv", "fastcsv.FastCsvSide", List.of("-XX:+UseSerialGC"), Map.of(), Set.of("csv"), 2),
            new Variant("duckdb", "duckdb", "duckdb.DuckDbSide", List.of("--enable-native-access=ALL-UNNAMED"), Map.of(), Set.of("csv"), 2));

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return Map.copyOf(more);
    }

    /** The library that this is a variant of: what stands before the first hyphen. */
    String library() {
        return name.split("-")[0];
    }

    /** The file that lists what the library needs; the build makes it. */
    Path classPathFile(Path bench) {
        return bench.resolve(module).resolve("target/classpath.txt");
    }

    /** The command line and environment of a process. */
    ProcessBuilder process(Path bench, String classPath, int threads, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx4g"));
        command.addAll(options);
        // Native libraries are unpacked once a variant; those of two variants cannot share a folder.
        command.add("-Dorg.bytedeco.javacpp.cachedir=" + bench.resolve(module).resolve("target/cache-" + name));
        // The system knows when a process started to the second only.
        command.add("-D" + Measuring.STARTED + "=" + Instant.now());
        command.addAll(List.of("-cp", bench.resolve(module).resolve("target/classes") + ":" + classPath, "org.thalweg.bench." + main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // A machine may be set to take another processor's kernels; a library is to run at its best.
        builder.environment().keySet().removeAll(Set.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"));
        builder.environment().putAll(environment);
        for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
            builder.environment().put(name, Integer.toString(threads));
        }
        return builder;
    }
}
