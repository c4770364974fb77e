package org.thalweg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the measurements ran on. */
final class Machine {
    private Machine() {}

    static String description() {
        return "%s; %d processors, %s; %s %s".formatted(processor(), Runtime.getRuntime().availableProcessors(), memory(),
                System.getProperty("os.name"), System.getProperty("os.version"));
    }

    static String java() {
        return "%s %s".formatted(System.getProperty("java.vm.name"), System.getProperty("java.vm.version"));
    }

    private static String processor() {
        return field("/proc/cpuinfo", "model name") + ", family " + field("/proc/cpuinfo", "cpu family") + ", model " + field("/proc/cpuinfo", "model\t");
    }

    private static String memory() {
        return field("/proc/meminfo", "MemTotal");
    }

    private static String field(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name)).map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("?");
        } catch (IOException unknown) {
            return "?";
        }
    }
}
