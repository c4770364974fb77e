package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.app.plugin.PluginJar;

/** The command line as modules, resolved from what module-info.java says and from nothing else. */
class ModulePathTest {
    @TempDir
    Path folder;

    @Test
    void every_library_is_found_on_the_module_path() throws Exception {
        String modules = System.getProperty("jdk.module.path");
        assumeTrue(modules != null, "these tests run on the class path");
        // The tests keep on the class path what no module-info.java requires; a folder of libraries holds both.
        String libraries = modules + File.pathSeparator + System.getProperty("java.class.path");
        PluginJar.build(folder.resolve("plugins/pond.jar"), "Pond", CommandLineTest.PLUGIN, "Pond");
        Path configuration = Files.writeString(folder.resolve("run.yaml"), CommandLineTest.CONFIGURATION);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dguice_bytecode_gen_option=DISABLED", "-p", libraries,
                        "-m", "org.thalweg.app/org.thalweg.app.cli.Main", "train", configuration.toString(), "--plugins",
                        folder.resolve("plugins").toString(), "--run-folder", folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();

        // The folder is in use, so training never begins; by then configuration, plugins and wiring have worked.
        assertFalse(output.contains("Error"), output);
        assertEquals("the run folder " + folder + " is not empty: name another one, or empty it", output.lines().toList().getLast());
    }
}
