package org.thalweg.api.surface;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a surface differs from the one that was agreed on.
 *
 * @param removed lines that are gone; a member that changed is one that is gone and one that is new
 * @param added lines that are new
 * @param burdens new abstract methods of interfaces that authors implement: their classes would no longer compile
 */
record SurfaceChange(List<String> removed, List<String> added, List<String> burdens) {
    /** Which interfaces the framework alone implements; a new abstract method there burdens nobody. */
    static SurfaceChange between(List<String> agreed, List<String> now, Set<String> implementedByTheFramework) {
        Set<String> before = new LinkedHashSet<>(agreed);
        Set<String> after = new LinkedHashSet<>(now);
        List<String> removed = before.stream().filter(line -> !after.contains(line)).toList();
        List<String> added = after.stream().filter(line -> !before.contains(line)).toList();
        List<String> burdens = added.stream()
                .filter(line -> line.contains(": abstract ") && !implementedByTheFramework.contains(owner(line)))
                .filter(line -> agreed.stream().anyMatch(old -> owner(old).equals(owner(line))))
                .toList();
        return new SurfaceChange(removed, added, burdens);
    }

    private static String owner(String line) {
        return line.substring(0, line.indexOf(": "));
    }

    boolean isNone() {
        return removed.isEmpty() && added.isEmpty();
    }

    /** What happened and what to do about it. */
    String report(String acceptWith) {
        List<String> lines = new ArrayList<>(List.of("the public API is not the one that was agreed on"));
        removed.forEach(line -> lines.add("- " + line));
        added.forEach(line -> lines.add("+ " + line));
        if (!removed.isEmpty()) {
            lines.add("what is gone or changed (-) breaks plugins that are compiled: keep it beside the new");
        }
        burdens.forEach(line -> lines.add("authors implement " + owner(line) + ": give it a default, " + line.substring(line.indexOf(": ") + 2)));
        lines.add("if all of this is meant, accept it with " + acceptWith);
        return String.join("\n", lines);
    }
}
