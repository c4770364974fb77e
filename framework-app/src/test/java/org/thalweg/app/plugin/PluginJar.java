package org.thalweg.app.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.thalweg.api.plugin.Plugin;

/** Compiles plugins of one class, as an author's build would, and packs them. */
public final class PluginJar {
    private PluginJar() {}

    /** The source of a plugin with an id and the body of its {@code register}. */
    public static String source(String name, String id, String register) {
        return """
                import org.thalweg.api.optim.*;
                import org.thalweg.api.plugin.*;
                import org.thalweg.api.settings.*;
                import org.thalweg.api.tensor.*;
                public class %s implements Plugin {
                    public String id() { return "%s"; }
                    public void register(Registrar registrar) { %s }
                    @Description("Steps against the gradient.")
                    public record Plain(@Description("The size of a step.") @Default("0.01") @Positive double learningRate) implements Optimizer {
                        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
                            return Update.of(parameter.sub(gradient.mul(step.learningRate())));
                        }
                    }
                    public static class Broken implements Plugin {
                        public Broken() { throw new IllegalStateException("no licence"); }
                        public String id() { return "broken"; }
                        public void register(Registrar registrar) {}
                    }
                }
                """.formatted(name, id, register);
    }

    /** A jar with a class of that name, and a service file that names the providers, or none. */
    public static Path build(Path jar, String name, String source, String... providers) throws IOException {
        Path file = Files.createTempDirectory("plugin").resolve(name + ".java");
        return compile(jar, List.of(Files.writeString(file, source)), providers);
    }

    /** A jar with the classes of a folder of sources, for the class path. */
    public static Path build(Path jar, Path sources, String... providers) throws IOException {
        return compile(jar, filesIn(sources).stream().filter(file -> !file.endsWith("module-info.java")).toList(), providers);
    }

    private static Path compile(Path jar, List<Path> sources, String... providers) throws IOException {
        Path classes = Files.createTempDirectory("classes");
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-cp", api(), "-d", classes.toString()));
        sources.forEach(source -> arguments.add(source.toString()));
        StringWriter messages = new StringWriter();
        int result = ToolProvider.findFirst("javac").orElseThrow()
                .run(new PrintWriter(messages), new PrintWriter(messages), arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException(messages.toString());
        }
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
            for (Path compiled : filesIn(classes)) {
                put(out, classes.relativize(compiled).toString(), Files.readAllBytes(compiled));
            }
            if (providers.length > 0) {
                put(out, "META-INF/services/" + Plugin.class.getName(), String.join("\n", providers).getBytes());
            }
        }
        return jar;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).toList());
        }
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static String api() {
        try {
            return Path.of(Plugin.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
