package org.thalweg.app.report;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of a page. */
public final class Html {
    static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 960px; margin: 2em auto; padding: 0 1em; }
            table { border-collapse: collapse; margin: 1em 0; }
            th, td { padding: .25em .8em; border-bottom: 1px solid #ddd; text-align: right; }
            th:first-child, td:first-child { text-align: left; }
            td.right { background: #dff0dd; } td.wrong { background: #f7dcdc; }
            pre { background: #f5f5f5; padding: 1em; overflow-x: auto; }
            img { max-width: 100%; height: auto; }
            """;

    private Html() {}

    /** A text as a page writes it. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
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
