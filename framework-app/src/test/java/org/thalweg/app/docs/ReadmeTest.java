package org.thalweg.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.plugin.PluginLoader;
import org.thalweg.app.plugin.PluginSet;

/** What the README shows works: its Java compiles, its pipeline is a valid configuration. */
class ReadmeTest {
    private static final Pattern TYPE_NAME = Pattern.compile("public (?:final )?(?:class|record) (\\w+)");
    private static final String IMPORTS = Stream.of("java.util", "org.thalweg.api.data", "org.thalweg.api.optim", "org.thalweg.api.plugin",
                    "org.thalweg.api.settings", "org.thalweg.api.tensor", "org.thalweg.app.pipeline", "org.thalweg.autodiff.layer",
                    "org.thalweg.data", "org.thalweg.loss", "org.thalweg.optim")
            .map(name -> "import " + name + ".*;\n").collect(Collectors.joining());

    @TempDir
    Path folder;

    @Test
    void its_java_compiles() throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-d", folder.resolve("classes").toString(), "-proc:none", "-classpath",
                Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
                        .filter(path -> path != null && !path.isEmpty()).collect(Collectors.joining(File.pathSeparator))));
        for (String block : blocks("java")) {
            Matcher type = TYPE_NAME.matcher(block);
            String name = type.find() ? type.group(1) : "Snippet" + command.size();
            String text = name.startsWith("Snippet") ? "class " + name + " { void run(Dataset data) {\n" + block + "\n} }" : block;
            command.add(Files.writeString(folder.resolve(name + ".java"), IMPORTS + text).toString());
        }

        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        String problems = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, compiler.waitFor(), problems);
        assertTrue(Files.exists(folder.resolve("classes/HeavyBall.class")));
    }

    @Test
    void its_pipeline_is_a_valid_configuration_and_so_is_it_with_each_change() throws Exception {
        List<String> pipelines = blocks("yaml");
        Path file = Files.writeString(folder.resolve("readme.yaml"), pipelines.getFirst());
        try (PluginSet plugins = PluginLoader.load(getClass().getClassLoader(), Optional.empty())) {
            LoadedConfiguration read = ConfigurationReader.read(file, List.of(), Map.of(), plugins.registry());

            assertEquals("digits", read.run().name());
            for (String change : pipelines.subList(1, pipelines.size())) {
                Path changed = Files.writeString(folder.resolve("changed.yaml"), "include: readme.yaml\n" + change);
                ConfigurationReader.read(changed, List.of(), Map.of(), plugins.registry());
            }
        }
        assertEquals(3, pipelines.size());
    }

    @Test
    void its_links_and_files_exist() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        List<String> named = Pattern.compile("framework-app/examples/[\\w.-]+\\.yaml|plugins/plugin-\\w+|samples/\\w+").matcher(readme()).results()
                .map(match -> match.group()).distinct().toList();

        assertFalse(named.isEmpty());
        named.forEach(name -> assertTrue(Files.exists(root.resolve(name)), name));
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme()).results()
                .map(match -> match.group(1)).toList();
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("../README.md"));
    }
}
