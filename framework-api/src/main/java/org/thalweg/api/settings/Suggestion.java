package org.thalweg.api.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** The "did you mean" of error messages. */
public final class Suggestion {
    private Suggestion() {}

    /** What to say after a name that does not exist: the nearest name, if one is near, and all that there are. */
    public static String forName(String wrong, Collection<String> known) {
        String available = known.isEmpty()
                ? "nothing is available"
                : "available: " + known.stream().sorted().collect(Collectors.joining(", "));
        return nearest(wrong, known).map(name -> "did you mean '" + name + "'; " + available).orElse(available);
    }

    /** The known name within a third of the wrong one's length in edits. */
    public static Optional<String> nearest(String wrong, Collection<String> known) {
        int limit = Math.max(1, wrong.length() / 3);
        return known.stream()
                .filter(name -> edits(fold(wrong), fold(name)) <= limit)
                .min(Comparator.comparingInt((String name) -> edits(fold(wrong), fold(name))).thenComparing(name -> name));
    }

    private static String fold(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Insertions, deletions, replacements and exchanges of neighbours that turn one text into the other. */
    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
