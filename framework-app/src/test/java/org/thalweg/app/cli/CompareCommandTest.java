package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons from their file to the page. */
class CompareCommandTest {
    private static final String SMALL = """
            seed: 3
            surfaces:
              - title: A saddle
                surface: saddle
                steps: 60
                optimizers:
                  - {name: descent, optimizer: {type: gradient-descent, learningRate: 0.05}}
                  - {name: heavy & fast, optimizer: {type: momentum, learningRate: 0.05, momentum: 0.9}, schedule: {type: constant, factor: 1, steps: 1}}
                  - {name: L-BFGS, minimizer: lbfgs}
              - title: A formula
                surface: {type: formula, formula: "x^2+y^2"}
                steps: 5
                optimizers:
                  - {name: Adam, optimizer: adam}
            """;

    @TempDir
    Path folder;

    @Test
    void the_page_has_every_optimizer_and_needs_nothing_else() throws Exception {
        InProcess outcome = InProcess.run("compare", file(SMALL), "--output", folder.resolve("out").toString());
        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        assertEquals("page: " + folder.resolve("out/index.html"), outcome.out().getLast());

        String page = Files.readString(folder.resolve("out/index.html"));
        for (String name : List.of("descent", "heavy &amp; fast", "L-BFGS", "Adam")) {
            assertTrue(page.contains("</i>" + name + "</label>"), name);
            assertTrue(page.contains("<title>" + name + "</title>"), name);
        }
        String loads = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assertFalse(Pattern.compile("https?://|src=\"(?!data:)|<link|@import").matcher(loads).find(), "the page is complete in itself");
        assertTrue(row(page, "descent").contains("not in 60"), "gradient descent stays at the saddle: " + row(page, "descent"));
        assertTrue(row(page, "heavy &amp; fast").matches(".*<td>0\\.[0-9]+</td>.*"), "momentum leaves it: " + row(page, "heavy &amp; fast"));
        requirePictures(12);
    }

    @Test
    void the_paths_are_the_same_for_the_same_seed() throws IOException {
        String noisy = SMALL.substring(0, SMALL.indexOf("  - title: A formula")).replace("surface: saddle", "surface: noisy-quadratic");
        InProcess.run("compare", file(noisy), "--output", folder.resolve("one").toString());
        InProcess.run("compare", file(noisy), "--output", folder.resolve("two").toString());
        InProcess.run("compare", file(noisy), "--output", folder.resolve("other").toString(), "--set", "seed=4");

        String one = Files.readString(folder.resolve("one/chart01-a-saddle-paths.svg"));
        assertEquals(one, Files.readString(folder.resolve("two/chart01-a-saddle-paths.svg")));
        assertFalse(one.equals(Files.readString(folder.resolve("other/chart01-a-saddle-paths.svg"))));
    }

    @Test
    void the_example_draws_all_of_its_charts() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("compare", "examples/compare-optimizers.yaml", "--output", folder.resolve("out").toString(),
                "--set", "trainings[0].epochs=1", "--set", "surfaces[5].surface.epochs=1"));
        for (int i = 0; i < 6; i++) {
            arguments.addAll(List.of("--set", "surfaces[" + i + "].steps=3"));
        }
        InProcess outcome = InProcess.run(arguments.toArray(String[]::new));

        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        requirePictures(40);
    }

    @Test
    void mistakes_are_told_with_their_places() throws IOException {
        String file = file(SMALL.replace("surface: saddle", "surface: sadle").replace("optimizer: adam", "optimiser: adam"));
        InProcess outcome = InProcess.run("compare", file);

        assertEquals(2, outcome.code());
        assertEquals(file + ":4:14: surfaces[0].surface: no surface is called 'sadle'; did you mean 'saddle'; available: beale, cos-tan, formula, himmelblau, "
                + "model, noisy-quadratic, plateau, rosenbrock, saddle, valley", outcome.err().getFirst());
        assertTrue(outcome.err().get(1).startsWith(file + ":14:22: surfaces[1].optimizers[0].optimiser: unknown setting; did you mean 'optimizer'"), outcome.err().toString());

        assertEquals(List.of(file(SMALL.replace("minimizer: lbfgs", "minimizer: lbfgs, optimizer: adam")) + ":9:9: surfaces[0].optimizers[2]: must have either "
                + "'optimizer' or 'minimizer'"), InProcess.run("compare", folder.resolve("small.yaml").toString()).err());
        String pipeline = file("trainings: [{title: T, pipeline: gone.yaml, epochs: 1, tolerance: 1, optimizers: [{name: a, optimizer: sgd}]}]");
        assertEquals(List.of(pipeline + ":1:34: trainings[0].pipeline: there is no file " + folder.resolve("gone.yaml") + ": name a YAML file that describes a run"),
                InProcess.run("compare", pipeline).err());
    }

    private void requirePictures(int count) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("out"))) {
            files = all.filter(file -> !file.endsWith("index.html")).toList();
        }
        assertEquals(count, files.size(), files.toString());
        for (Path file : files) {
            if (file.toString().endsWith(".png")) {
                assertNotNull(ImageIO.read(file.toFile()), file.toString());
            } else {
                DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
                factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
                assertEquals("svg", factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement().getTagName());
            }
        }
    }

    private static String row(String page, String name) {
        int from = page.indexOf("<tr><td>" + name + "</td>");
        return page.substring(from, page.indexOf("</tr>", from));
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("small.yaml"), text).toString();
    }
}
