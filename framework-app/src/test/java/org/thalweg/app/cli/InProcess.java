package org.thalweg.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A command of the command line, run within the tests' JVM with everything that it really does. */
record InProcess(int code, List<String> out, List<String> err) {
    static InProcess run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(new Console(new PrintStream(out, true), new PrintStream(err, true), false, Map.of()), arguments);
        return new InProcess(code, lines(out), lines(err));
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
