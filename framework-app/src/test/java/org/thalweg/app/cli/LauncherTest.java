package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder of its own, with a Java and a Maven that only tell how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    Path folder;

    private Path root;
    private Path java;
    private Path tools;

    @BeforeEach
    void layOut() throws IOException {
        root = Files.createDirectories(folder.resolve("thal weg"));
        Files.copy(Path.of("../thalweg"), root.resolve("thalweg"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        java = folder.resolve("jdk");
        javaSays("echo \"java $*\"");
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("bash", "cat", "cut", "dirname", "find", "head", "ls", "mkdir", "readlink", "rm", "sed", "stty", "touch")) {
            for (Path bin : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
                if (Files.isExecutable(bin.resolve(tool)) && !Files.exists(tools.resolve(tool))) {
                    script(tools.resolve(tool), "exec " + bin.resolve(tool) + " \"$@\"");
                }
            }
        }
    }

    @Test
    void it_starts_java_with_everything_that_was_built() throws Exception {
        build();
        Outcome outcome = launch("train", "a b.yaml");

        assertEquals(0, outcome.code);
        assertTrue(outcome.out.startsWith("java --add-modules jdk.incubator.vector -XX:+UseSerialGC "), outcome.out);
        assertTrue(outcome.out.endsWith("-cp " + root + "/framework-app/target/framework-app-0.1.0.jar:" + root
                + "/framework-app/target/lib/* org.thalweg.app.cli.Main train a b.yaml\n"), outcome.out);
        assertEquals("", outcome.err);
    }

    @Test
    void the_classes_of_the_tests_beside_the_program_are_not_taken_for_it() throws Exception {
        build();
        Files.writeString(root.resolve("framework-app/target/framework-app-0.1.0-tests.jar"), "");

        assertTrue(launch("--version").out.contains("-cp " + root + "/framework-app/target/framework-app-0.1.0.jar:"));
    }

    @Test
    void it_works_through_a_link() throws Exception {
        build();
        Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("thalweg"));

        assertEquals(0, launch(link, Map.of()).code);
    }

    @Test
    void the_warning_about_the_vector_module_is_dropped_and_everything_else_passes() throws Exception {
        build();
        javaSays("echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2; printf 'one\\ntwo' >&2; echo result");
        Outcome outcome = launch();

        assertEquals("one\ntwo", outcome.err);
        assertEquals("result\n", outcome.out);
    }

    @Test
    void a_first_line_that_is_no_such_warning_passes() throws Exception {
        build();
        javaSays("printf 'Error: no memory' >&2; exit 1");
        Outcome outcome = launch();

        assertEquals("Error: no memory", outcome.err);
        assertEquals(1, outcome.code);
    }

    @Test
    void java_s_exit_code_is_the_launcher_s() throws Exception {
        build();
        javaSays("exit 130");
        assertEquals(130, launch().code);
    }

    @Test
    void java_takes_the_launcher_s_place_so_that_signals_reach_it() throws Exception {
        build();
        javaSays("echo $$");
        Outcome outcome = launch();
        assertEquals(outcome.process + "\n", outcome.out);
    }

    @Test
    void options_for_the_JVM_come_from_a_variable() throws Exception {
        build();
        Outcome outcome = launch(root.resolve("thalweg"), Map.of("THALWEG_JAVA_OPTIONS", "-Xmx1g -Dx=y"));
        assertTrue(outcome.out.contains(" -Xmx1g -Dx=y -cp "), outcome.out);
    }

    @Test
    void what_was_not_built_is_built_first() throws Exception {
        maven("d=$(dirname \"$4\")/framework-app/target; mkdir -p \"$d/lib\"; touch \"$d/framework-app-0.1.0.jar\"; echo \"mvn $*\"");
        Outcome first = launch("--version");

        assertEquals("thalweg: building, which takes a minute or two the first time\nmvn -q -B -f " + root + "/pom.xml -DskipTests package\n",
                first.err);
        assertEquals(0, first.code);
        assertEquals("", launch("--version").err, "the second start builds nothing");
    }

    @Test
    void a_build_that_is_older_than_a_pom_is_repeated() throws Exception {
        build();
        Files.setLastModifiedTime(root.resolve("framework-app/target/lib"), FileTime.fromMillis(1_000_000));
        maven("exit 1");
        Outcome outcome = launch();

        assertEquals(2, outcome.code);
        assertTrue(outcome.err.endsWith("thalweg: the build failed; 'mvn -f " + root + "/pom.xml -DskipTests package' shows why\n"), outcome.err);
    }

    @Test
    void a_missing_Maven_is_one_sentence() throws Exception {
        Outcome outcome = launch();

        assertEquals(2, outcome.code);
        assertEquals("thalweg: Maven is needed to build it: install it (https://maven.apache.org/install.html, or 'apt install maven', "
                + "'brew install maven')\n", outcome.err);
    }

    @Test
    void an_older_Java_is_passed_over() throws Exception {
        build();
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        Outcome outcome = launch("--version");

        assertTrue(!outcome.out.startsWith("java "), outcome.out);
        assertTrue(outcome.code != 0, "what is found instead cannot run an empty jar, or nothing is found");
    }

    private void build() throws IOException {
        Files.createDirectories(root.resolve("framework-app/target/lib"));
        Files.writeString(root.resolve("framework-app/target/framework-app-0.1.0.jar"), "");
    }

    private void javaSays(String script) throws IOException {
        script(java.resolve("bin/java"), script);
    }

    private void maven(String script) throws IOException {
        script(tools.resolve("mvn"), script);
    }

    private static void script(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        file.toFile().setExecutable(true);
    }

    private Outcome launch(String... arguments) throws Exception {
        return launch(root.resolve("thalweg"), Map.of(), arguments);
    }

    private Outcome launch(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/bash", launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", tools.toString(), "JAVA_HOME", java.toString(), "HOME", folder.toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        // Reading to the end also waits for the filter.
        String err = new String(process.getErrorStream().readAllBytes());
        return new Outcome(process.pid(), process.waitFor(), Files.readString(out), err);
    }

    private record Outcome(long process, int code, String out, String err) {}
}
