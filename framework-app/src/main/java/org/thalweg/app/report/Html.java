package org.thalweg.app.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pieces of a page. */
public final class Html {
    static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; color: #1f2933; background: #f4f6f8; margin: 0; }
            main { max-width: 1120px; margin: 0 auto; padding: 1.5em; }
            section { background: #fff; border: 1px solid #e1e6eb; border-radius: 8px; padding: .5em 1.5em 1em; margin: 1em 0; }
            h1 { margin: .2em 0 0; } h2 { font-size: 1.15em; margin: .6em 0; }
            .note { color: #5b6875; margin: .2em 0 .6em; }
            .figures { display: flex; flex-wrap: wrap; gap: 1em; margin: 1em 0; }
            .figure { background: #fff; border: 1px solid #e1e6eb; border-radius: 8px; padding: .6em 1.2em; }
            .figure b { display: block; font-size: 1.5em; font-variant-numeric: tabular-nums; }
            .figure span { color: #5b6875; font-size: .9em; }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 1em; }
            .samples { display: flex; flex-wrap: wrap; gap: .8em; }
            .sample { width: 92px; text-align: center; font-size: .8em; line-height: 1.3; padding: .4em 0; border-radius: 6px; }
            .sample.right, td.right { background: #dff0dd; } .sample.wrong, td.wrong { background: #f9dede; }
            .pixels { image-rendering: pixelated; }
            table { border-collapse: collapse; margin: .6em 0; font-variant-numeric: tabular-nums; }
            th, td { padding: .2em .8em; border-bottom: 1px solid #e1e6eb; text-align: right; }
            th { color: #5b6875; font-weight: 600; }
            th:first-child, td:first-child { text-align: left; }
            pre { background: #f4f6f8; padding: 1em; overflow-x: auto; border-radius: 6px; }
            img { max-width: 100%; height: auto; }
            """;

    private Html() {}

    /** A text as a page writes it. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** A picture within the page, shown in a size of its own. */
    static String image(BufferedImage picture, String title, int width, int height, String style) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        // In memory: by itself the library would go through a temporary file.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(picture, "png", out);
        }
        return "<img alt=\"" + escaped(title) + "\" class=\"" + style + "\" width=\"" + width + "\" height=\"" + height + "\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png.toByteArray()) + "\">";
    }

    /** A table whose cells are texts; the first row is its head. */
    public static String table(List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<table>\n");
        for (int i = 0; i < rows.size(); i++) {
            String tag = i == 0 ? "th" : "td";
            table.append(rows.get(i).stream().map(cell -> "<" + tag + ">" + escaped(cell) + "</" + tag + ">").collect(Collectors.joining("", "<tr>", "</tr>\n")));
        }
        return table.append("</table>\n").toString();
    }
}
