package org.thalweg.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.settings.Guide;

/** A guide in lines: a column of headings, and beside each its text. */
final class GuideText {
    private static final int HEADING = 9;
    private static final int WIDTH = 100;

    private GuideText() {}

    /** The lines; a formula keeps its own, other texts are wrapped. */
    static List<String> lines(Guide guide) {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parts.put("formula", guide.formula().lines().toList());
        parts.put("shapes", wrapped(guide.shapes()));
        parts.put("use", wrapped(guide.use()));
        parts.put("typical", wrapped(guide.typical()));
        parts.put("source", wrapped(guide.source()));
        List<String> lines = new ArrayList<>();
        parts.forEach((heading, texts) -> {
            for (int i = 0; i < texts.size(); i++) {
                lines.add((i == 0 ? heading : "") + " ".repeat(HEADING - (i == 0 ? heading.length() : 0)) + texts.get(i));
            }
        });
        return lines;
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }
}
