package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code thalweg explain} from its arguments to output and exit code. */
class ExplainCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Charset charset = StandardCharsets.UTF_8;

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(arguments));
        Console console = new Console(
                new PrintStream(out, true, charset), new PrintStream(err, true, charset), false, Map.of("COLUMNS", "160"));
        return Main.run(console, all.toArray(String[]::new));
    }

    private String out() {
        return out.toString(charset);
    }

    private void assertMistake(String message, String... arguments) {
        assertEquals(2, run(arguments));
        assertEquals(message, err.toString(charset));
        assertEquals("", out());
    }

    @Test
    void shows_values_gradients_and_second_derivatives() {
        assertEquals(0, run("(x+y)*z", "--at", "x=-2,y=5", "--at=z=-4", "--order", "2"));
        assertEquals("""
                               value   gradient
                f = q * z        -12          1
                ├─ q = x + y       3         -4
                │  ├─ x           -2         -4
                │  └─ y            5         -4
                └─ z              -4          3

                df/dx = -4
                df/dy = -4
                df/dz = 3

                second derivatives of f:
                   x  y  z
                x  0  0  1
                y  0  0  1
                z  1  1  0
                """, out());
        assertEquals("", err.toString(charset));
    }

    @Test
    void a_terminal_without_line_characters_gets_what_resembles_them() {
        charset = StandardCharsets.US_ASCII;
        assertEquals(0, run("x*y", "--at", "x=1,y=2"));
        assertTrue(out().contains("|- x") && out().contains("`- y"), out());
    }

    @Test
    void a_formula_may_begin_with_a_minus_sign_and_values_may_be_formulas() {
        assertEquals(0, run("-x^2", "--at", "x=2*3"));
        assertTrue(out().contains("df/dx = -12\n"), out());
        assertEquals(0, run("sin(x)", "--at", "x=pi/2"));
        assertTrue(out().contains("df/dx = 0\n") || out().contains("e-17"), out());
    }

    @Test
    void draws_into_files() throws IOException {
        Path svg = folder.resolve("graph.svg");
        Path dot = folder.resolve("graph.dot");
        assertEquals(0, run("(x+y)*z", "--at", "x=-2,y=5,z=-4", "--svg", svg.toString(), "--dot", dot.toString()));
        assertTrue(Files.readString(svg).startsWith("<svg "));
        assertTrue(Files.readString(dot).startsWith("digraph "));
    }

    @Test
    void a_domain_error_shows_NaN_and_names_the_node() {
        assertEquals(0, run("1+log(x)", "--at", "x=-1"));
        assertTrue(out().contains("NaN"), out());
        assertEquals("warning: q = log(x) is not a number (NaN) at x = -1\n", err.toString(charset));
    }

    @Test
    void a_mistake_in_the_formula_has_a_caret() {
        assertMistake("thalweg explain: a number, a name or '(' is expected instead of '+'\n  2*+x\n    ^\n", "2*+x");
        assertMistake("thalweg explain: no function is called 'sigmod'; did you mean 'sigmoid'; available: "
                + "abs, acos, asin, atan, ceil, cos, cosh, erf, exp, expm1, floor, ln, log, log1p, max, min, pow, relu, round, sigmoid, sign, sin, sinh, "
                + "softplus, sqrt, square, tan, tanh\n  1+sigmod(x)\n    ^\n", "1+sigmod(x)");
        assertMistake("thalweg explain: an operator is missing before 'p'; a product is written with *\n  2pi\n   ^\n", "x", "--at", "x=2pi");
    }

    @Test
    void values_must_fit_the_names() {
        String help = "; 'thalweg explain --help' shows how to use it\n";
        assertMistake("thalweg explain: a value is missing for y: add --at y=..." + help, "x*y", "--at", "x=1");
        assertMistake("thalweg explain: values are missing for x, y: add --at x=...,y=..." + help, "x*y");
        assertMistake("thalweg explain: --at gives a value for 'z', which the formula does not use; it uses x, y" + help, "x*y", "--at", "x=1,y=2,z=3");
        assertMistake("thalweg explain: --at must be name=value, as in x=-2,y=5, but has '3'" + help, "x", "--at", "3");
        assertMistake("thalweg explain: --at gives 'x' two values" + help, "x", "--at", "x=1,x=2");
        assertMistake("thalweg explain: the value of 'x' must be a number, but is 'y'" + help, "x", "--at", "x=y");
        assertMistake("thalweg explain: --order must be 1 or 2, but is 3" + help, "x", "--at", "x=1", "--order", "3");
    }

    @Test
    void a_name_that_is_differentiated_away_needs_no_value() {
        assertEquals(0, run("d/dx (3*x)"));
        assertEquals(0, run("d/dx (3*x)", "--at", "x=1"));
    }

    @Test
    void every_function_in_the_help_is_known_to_the_parser() {
        assertEquals(0, run("--help"));
        String functions = out().replaceAll("\\s+", " ").replaceFirst(".* functions ", "").replaceFirst(" Examples:.*", "");
        Matcher call = Pattern.compile("([a-z0-9]+)\\((x|a, b)\\)").matcher(functions);
        List<String> usages = new ArrayList<>();
        while (call.find()) {
            usages.add(call.group());
        }
        assertTrue(usages.size() >= 28, usages.toString());
        for (String usage : usages) {
            assertEquals(0, run(usage, "--at", usage.contains("x)") ? "x=0.5" : "a=0.5,b=0.25"), usage + err);
        }
    }

    @Test
    void the_examples_in_the_help_work() {
        assertEquals(0, run("--help"));
        Matcher example = Pattern.compile("thalweg explain '([^']+)' --at (\\S+)").matcher(out());
        int count = 0;
        while (example.find()) {
            count++;
            assertEquals(0, run(example.group(1), "--at", example.group(2)), example.group());
        }
        assertEquals(3, count);
    }
}
