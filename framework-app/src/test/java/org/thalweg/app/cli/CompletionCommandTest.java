package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell is given to complete commands with. */
class CompletionCommandTest {
    @TempDir
    Path folder;

    @Test
    void bash_accepts_the_script_and_completes_commands() throws IOException, InterruptedException {
        InProcess outcome = InProcess.run("completion", "bash");
        assertEquals(0, outcome.code());
        Path script = Files.write(folder.resolve("completion"), outcome.out());

        Process bash = new ProcessBuilder("bash", "-c", "source " + script
                + "; COMP_WORDS=(thalweg sum); COMP_CWORD=1; _complete_thalweg; echo \"${COMPREPLY[@]}\"").redirectErrorStream(true).start();
        assertTrue(bash.waitFor(20, TimeUnit.SECONDS));
        assertEquals("summary", new String(bash.getInputStream().readAllBytes()).strip());
    }

    @Test
    void a_shell_that_is_not_known_is_wrong_usage() {
        InProcess outcome = InProcess.run("completion", "fish");
        assertEquals(2, outcome.code());
        assertEquals(1, outcome.err().size());
        assertEquals(List.of(), outcome.out());
    }
}
