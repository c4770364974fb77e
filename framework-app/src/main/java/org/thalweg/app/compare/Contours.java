package org.thalweg.app.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines of equal height by marching squares, joined to polylines. */
final class Contours {
    /** The four edges of a cell in turn: below, right, above, left. */
    private static final int EDGES = 4;

    private final Heights heights;
    private final double level;
    private final Map<Long, List<Long>> neighbours = new HashMap<>();

    private Contours(Heights heights, double level) {
        this.heights = heights;
        this.level = level;
    }

    /** Polylines in the surface's coordinates. */
    static List<List<double[]>> of(Heights heights, double level) {
        return new Contours(heights, level).lines();
    }

    private List<List<double[]>> lines() {
        for (int row = 0; row + 1 < heights.rows(); row++) {
            for (int column = 0; column + 1 < heights.columns(); column++) {
                cell(column, row);
            }
        }
        List<List<double[]>> lines = new ArrayList<>();
        // Open lines from their ends, then what is left: rings.
        neighbours.keySet().stream().sorted().filter(edge -> neighbours.get(edge).size() == 1).forEach(edge -> walk(edge, lines));
        neighbours.keySet().stream().sorted().forEach(edge -> walk(edge, lines));
        return lines;
    }

    private void walk(long from, List<List<double[]>> lines) {
        List<double[]> line = new ArrayList<>();
        long at = from;
        while (!neighbours.get(at).isEmpty()) {
            line.add(crossing(at));
            long next = neighbours.get(at).removeLast();
            neighbours.get(next).remove(at);
            at = next;
        }
        if (!line.isEmpty()) {
            line.add(crossing(at));
            lines.add(line);
        }
    }

    private void cell(int column, int row) {
        boolean[] above = {isAbove(column, row), isAbove(column + 1, row), isAbove(column + 1, row + 1), isAbove(column, row + 1)};
        long[] edges = {horizontal(column, row), vertical(column + 1, row), horizontal(column, row + 1), vertical(column, row)};
        List<Long> crossed = new ArrayList<>();
        for (int i = 0; i < EDGES; i++) {
            if (above[i] != above[(i + 1) % EDGES]) {
                crossed.add(edges[i]);
            }
        }
        // With four crossings the two pairs that lie around the first corner's height are joined: either choice is right.
        for (int i = 0; i + 1 < crossed.size(); i += 2) {
            neighbours.computeIfAbsent(crossed.get(i), edge -> new ArrayList<>()).add(crossed.get(i + 1));
            neighbours.computeIfAbsent(crossed.get(i + 1), edge -> new ArrayList<>()).add(crossed.get(i));
        }
    }

    private boolean isAbove(int column, int row) {
        // What is not a number lies above everything.
        return !(heights.at(column, row) <= level);
    }

    private long horizontal(int column, int row) {
        return 2L * ((long) row * heights.columns() + column);
    }

    private long vertical(int column, int row) {
        return horizontal(column, row) + 1;
    }

    /** Where the level lies on an edge. */
    private double[] crossing(long edge) {
        int column = (int) (edge / 2 % heights.columns());
        int row = (int) (edge / 2 / heights.columns());
        boolean up = edge % 2 == 1;
        double here = heights.at(column, row);
        double there = heights.at(column + (up ? 0 : 1), row + (up ? 1 : 0));
        double part = Math.clamp((level - here) / (there - here), 0, 1);
        part = Double.isNaN(part) ? 0.5 : part;
        return new double[] {heights.x(column + (up ? 0 : part)), heights.y(row + (up ? part : 0))};
    }
}
