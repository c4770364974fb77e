package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.api.settings.Guide;

class GuideTextTest {
    @Guide(
            formula = """
                    x   <- x / 2
                    yy  <- x""",
            use = "For a stone that is thrown into a pond, over and over again, until so many words stand in the line that it has to be wrapped.",
            typical = "x 1.",
            source = "Newton (1687).")
    private record Pond() {}

    @Test
    void headingsStandInAColumnFormulasKeepTheirLinesAndTextsAreWrapped() {
        assertEquals(List.of(
                "formula  x   <- x / 2",
                "         yy  <- x",
                "use      For a stone that is thrown into a pond, over and over again, until so many words stand in the line",
                "         that it has to be wrapped.",
                "typical  x 1.",
                "source   Newton (1687)."), GuideText.lines(Pond.class.getAnnotation(Guide.class)));
    }
}
