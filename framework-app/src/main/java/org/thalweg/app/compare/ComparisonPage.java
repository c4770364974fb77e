package org.thalweg.app.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.thalweg.app.report.Html;
import org.thalweg.app.report.Palette;
import org.thalweg.app.report.Picture;

/** The page: needs no other file and no network, and can be read without its script. */
final class ComparisonPage {
    private final StringBuilder page = new StringBuilder();

    private ComparisonPage() {}

    static String of(String title, List<Section> sections) throws IOException {
        ComparisonPage page = new ComparisonPage();
        page.write(title, sections);
        return page.page.toString();
    }

    private void write(String title, List<Section> sections) throws IOException {
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(Html.escaped(title)).append("</title>\n<style>\n").append(resource("comparison.css")).append("</style>\n</head>\n<body>\n<h1>")
                .append(Html.escaped(title)).append("</h1>\n");
        sections.forEach(this::section);
        page.append("<p class=\"note\">Times are those of the machine and the moment; everything else is the same for the same seed.</p>\n<script>\n")
                .append(resource("comparison.js")).append("</script>\n</body>\n</html>\n");
    }

    private void section(Section section) {
        page.append("<section id=\"").append(section.id()).append("\" data-steps=\"").append(section.steps()).append("\">\n<h2>").append(Html.escaped(section.title()))
                .append("</h2>\n<p>").append(Html.escaped(section.see())).append("</p>\n");
        legend(section);
        page.append("<div class=\"").append(section.paths().isPresent() ? "charts" : "pair").append("\">\n");
        section.paths().ifPresent(svg -> {
            page.append("<figure class=\"paths\">\n").append(svg);
            page.append("<div class=\"player\"><button type=\"button\">Play</button><input type=\"range\" min=\"0\" max=\"").append(section.steps()).append("\" value=\"")
                    .append(section.steps()).append("\" aria-label=\"step\"><output>").append(section.steps()).append("</output></div>\n</figure>\n");
        });
        page.append("<div class=\"curves\">\n");
        section.pictures().forEach((name, picture) -> {
            if (!name.equals("paths")) {
                image(section.title() + ": " + name.replace('-', ' '), picture);
            }
        });
        page.append("</div>\n</div>\n").append(Html.table(section.table())).append("</section>\n");
    }

    private void legend(Section section) {
        page.append("<div class=\"legend\">");
        for (int i = 0; i < section.legend().size(); i++) {
            page.append("<label><input type=\"checkbox\" checked data-course=\"").append(i).append("\"><i style=\"background:")
                    .append(Palette.hex(section.colors().get(i))).append("\"></i>").append(Html.escaped(section.legend().get(i))).append("</label>");
        }
        page.append("</div>\n");
    }

    /** In pixels: the lines of a curve that the chart library writes are several times larger. */
    private void image(String alt, Picture picture) {
        page.append("<img alt=\"").append(Html.escaped(alt)).append("\" src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(picture.png()))
                .append("\">\n");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ComparisonPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
