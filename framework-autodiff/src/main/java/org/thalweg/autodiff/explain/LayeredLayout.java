package org.thalweg.autodiff.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Places the boxes of an acyclic graph in columns from left to right (after Sugiyama, Tagawa and Toda, 1981): a box stands one column right of
 * the last of its inputs; an edge that passes a column has a place of its own there; columns are ordered by barycentres, where that takes away
 * crossings; heights are the least squares that keep order and distance.
 */
final class LayeredLayout {
    private static final double GAP_BETWEEN_COLUMNS = 46;
    private static final double GAP_BETWEEN_BOXES = 22;
    private static final double LANE = 6;
    private static final int ORDER_SWEEPS = 12;
    private static final int HEIGHT_SWEEPS = 60;
    /** Exchanging neighbours one by one costs too much in graphs that nobody can read anyway. */
    private static final int MOST_EXCHANGED = 300;
    /** Chains and long edges are pulled straight harder than the arms of a fork. */
    private static final double STRAIGHT = 6;

    /** What a box needs. */
    record Size(double width, double height) {}

    /**
     * An edge between boxes by their positions in the list.
     *
     * @param room that it needs between the columns, at its end, beside that for its curve
     */
    record Edge(int from, int to, double room) {}

    private record Place(int box, int column) {}

    /** Where something lies; y grows downwards. */
    record Rectangle(double x, double y, double width, double height) {
        double right() {
            return x + width;
        }

        double bottom() {
            return y + height;
        }

        double middle() {
            return y + height / 2;
        }
    }

    private final List<Size> boxes;
    private final List<Edge> edges;
    /** The column of each item; the items are the boxes, then the places of edges that pass. */
    private final List<Integer> columnOf = new ArrayList<>();
    private final List<List<Integer>> before = new ArrayList<>();
    private final List<List<Integer>> behind = new ArrayList<>();
    private final Map<Edge, List<Integer>> passes = new HashMap<>();
    private List<List<Integer>> columns = new ArrayList<>();
    private double[] middle;
    private double[] left;
    private double[] widths;
    private double[] rooms;

    /**
     * Lays out a graph.
     *
     * @param boxes each after those that it has edges from
     * @param edges in the order in which they should arrive, from the top
     */
    LayeredLayout(List<Size> boxes, List<Edge> edges) {
        this.boxes = boxes;
        this.edges = edges;
        assignColumns();
        addPasses();
        orderAsWritten();
        reduceCrossings();
        placeColumns();
        placeHeights();
    }

    /** Where a box lies. */
    Rectangle box(int box) {
        Size size = boxes.get(box);
        return new Rectangle(left[columnOf.get(box)], middle[box] - size.height() / 2, size.width(), size.height());
    }

    /** The right edge of a box's column: up to there nothing else is in the way of what leaves it. */
    double columnEnd(int box) {
        int column = columnOf.get(box);
        return left[column] + widths[column];
    }

    /** The room that is kept free on the left of a box, for the ends of the edges that lead to it. */
    double room(int box) {
        return rooms[columnOf.get(box)];
    }

    /** Where an edge passes columns between its ends: a flat rectangle in each. */
    List<Rectangle> passes(Edge edge) {
        return passes.getOrDefault(edge, List.of()).stream()
                .map(item -> new Rectangle(left[columnOf.get(item)], middle[item], widths[columnOf.get(item)], 0))
                .toList();
    }

    double width() {
        return left[left.length - 1] + widths[widths.length - 1];
    }

    double height() {
        return IntStream.range(0, columnOf.size()).mapToDouble(item -> middle[item] + height(item) / 2).max().orElse(0);
    }

    private void assignColumns() {
        int[] column = new int[boxes.size()];
        int[] earliestUse = new int[boxes.size()];
        boolean[] hasInput = new boolean[boxes.size()];
        Arrays.fill(earliestUse, Integer.MAX_VALUE);
        List<Edge> byTarget = edges.stream().sorted(Comparator.comparingInt(Edge::to)).toList();
        for (Edge edge : byTarget) {
            column[edge.to()] = Math.max(column[edge.to()], column[edge.from()] + 1);
            hasInput[edge.to()] = true;
        }
        for (Edge edge : edges) {
            earliestUse[edge.from()] = Math.min(earliestUse[edge.from()], column[edge.to()]);
        }
        for (int box = 0; box < column.length; box++) {
            // What is given stands beside its first use, which keeps lines short.
            columnOf.add(hasInput[box] || earliestUse[box] == Integer.MAX_VALUE ? column[box] : earliestUse[box] - 1);
            before.add(new ArrayList<>());
            behind.add(new ArrayList<>());
        }
    }

    /** Edges from one box share their places, so that they run as one line until they must part. */
    private void addPasses() {
        Map<Place, Integer> shared = new HashMap<>();
        for (Edge edge : edges) {
            List<Integer> places = new ArrayList<>();
            int last = edge.from();
            for (int column = columnOf.get(edge.from()) + 1; column < columnOf.get(edge.to()); column++) {
                Integer place = shared.get(new Place(edge.from(), column));
                if (place == null) {
                    place = columnOf.size();
                    shared.put(new Place(edge.from(), column), place);
                    columnOf.add(column);
                    before.add(new ArrayList<>());
                    behind.add(new ArrayList<>());
                    connect(last, place);
                }
                places.add(place);
                last = place;
            }
            connect(last, edge.to());
            passes.put(edge, places);
        }
    }

    private void connect(int from, int to) {
        behind.get(from).add(to);
        before.get(to).add(from);
    }

    /** From the results back, operands from the top down: a formula that is a tree has no crossing then. */
    private void orderAsWritten() {
        int count = columnOf.stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        for (int column = 0; column < count; column++) {
            columns.add(new ArrayList<>());
        }
        boolean[] seen = new boolean[columnOf.size()];
        List<Integer> stack = new ArrayList<>();
        for (int item = 0; item < columnOf.size(); item++) {
            if (behind.get(item).isEmpty()) {
                stack.add(item);
            }
        }
        while (!stack.isEmpty()) {
            int item = stack.removeLast();
            if (!seen[item]) {
                seen[item] = true;
                columns.get(columnOf.get(item)).add(item);
                stack.addAll(before.get(item).reversed());
            }
        }
    }

    private void reduceCrossings() {
        List<List<Integer>> best = copy(columns);
        long fewest = crossings(columns);
        for (int sweep = 0; sweep < ORDER_SWEEPS && fewest > 0; sweep++) {
            boolean forward = sweep % 2 == 0;
            for (int i = 1; i < columns.size(); i++) {
                int column = forward ? i : columns.size() - 1 - i;
                sortByBarycentre(columns.get(column), columns.get(forward ? column - 1 : column + 1), forward ? before : behind);
            }
            exchangeNeighbours();
            long now = crossings(columns);
            if (now < fewest) {
                fewest = now;
                best = copy(columns);
            }
        }
        columns = best;
    }

    private void exchangeNeighbours() {
        if (columnOf.size() > MOST_EXCHANGED) {
            return;
        }
        long fewest = crossings(columns);
        for (List<Integer> column : columns) {
            for (int i = 0; i + 1 < column.size(); i++) {
                Collections.swap(column, i, i + 1);
                long now = crossings(columns);
                if (now < fewest) {
                    fewest = now;
                } else {
                    Collections.swap(column, i, i + 1);
                }
            }
        }
    }

    private static List<List<Integer>> copy(List<List<Integer>> columns) {
        return new ArrayList<>(columns.stream().map(column -> (List<Integer>) new ArrayList<>(column)).toList());
    }

    private static void sortByBarycentre(List<Integer> column, List<Integer> fixed, List<List<Integer>> neighbours) {
        Map<Integer, Double> barycentre = new HashMap<>();
        for (int rank = 0; rank < column.size(); rank++) {
            int own = rank;
            int item = column.get(rank);
            barycentre.put(item, neighbours.get(item).stream().mapToInt(fixed::indexOf).average().orElse(own));
        }
        column.sort(Comparator.comparingDouble(barycentre::get));
    }

    private long crossings(List<List<Integer>> order) {
        long crossings = 0;
        for (int column = 0; column + 1 < order.size(); column++) {
            List<Integer> next = order.get(column + 1);
            List<int[]> lines = new ArrayList<>();
            for (int rank = 0; rank < order.get(column).size(); rank++) {
                for (int target : behind.get(order.get(column).get(rank))) {
                    lines.add(new int[] {rank, next.indexOf(target)});
                }
            }
            for (int i = 0; i < lines.size(); i++) {
                for (int j = 0; j < i; j++) {
                    crossings += (lines.get(i)[0] - lines.get(j)[0]) * (lines.get(i)[1] - lines.get(j)[1]) < 0 ? 1 : 0;
                }
            }
        }
        return crossings;
    }

    private void placeColumns() {
        left = new double[columns.size()];
        widths = new double[columns.size()];
        rooms = new double[columns.size()];
        edges.forEach(edge -> rooms[columnOf.get(edge.to())] = Math.max(rooms[columnOf.get(edge.to())], edge.room()));
        double x = 0;
        for (int column = 0; column < left.length; column++) {
            x += rooms[column];
            left[column] = x;
            widths[column] = columns.get(column).stream().filter(item -> item < boxes.size()).mapToDouble(item -> boxes.get(item).width()).max().orElse(0);
            x += widths[column] + GAP_BETWEEN_COLUMNS;
        }
    }

    private double height(int item) {
        return item < boxes.size() ? boxes.get(item).height() : LANE;
    }

    private void placeHeights() {
        middle = new double[columnOf.size()];
        for (List<Integer> column : columns) {
            double y = 0;
            for (int item : column) {
                middle[item] = y + height(item) / 2;
                y += height(item) + GAP_BETWEEN_BOXES;
            }
        }
        for (int sweep = 0; sweep < HEIGHT_SWEEPS; sweep++) {
            boolean forward = sweep % 2 == 0;
            for (int i = 0; i < columns.size(); i++) {
                place(columns.get(forward ? i : columns.size() - 1 - i));
            }
        }
        double top = IntStream.range(0, middle.length).mapToDouble(item -> middle[item] - height(item) / 2).min().orElse(0);
        for (int item = 0; item < middle.length; item++) {
            middle[item] -= top;
        }
    }

    /** Moves each item of a column towards the mean of its neighbours as far as the others allow: isotonic regression by pooling violators. */
    private void place(List<Integer> column) {
        int count = column.size();
        double[] offset = new double[count];
        double[] mean = new double[count];
        double[] weight = new double[count];
        int[] size = new int[count];
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            int item = column.get(i);
            offset[i] = i == 0 ? 0 : offset[i - 1] + (height(column.get(i - 1)) + height(item)) / 2 + GAP_BETWEEN_BOXES;
            double[] wish = wish(item);
            mean[blocks] = wish[0] - offset[i];
            weight[blocks] = wish[1];
            size[blocks++] = 1;
            while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1]) {
                blocks--;
                double total = weight[blocks - 1] + weight[blocks];
                mean[blocks - 1] = (mean[blocks - 1] * weight[blocks - 1] + mean[blocks] * weight[blocks]) / total;
                weight[blocks - 1] = total;
                size[blocks - 1] += size[blocks];
            }
        }
        int i = 0;
        for (int block = 0; block < blocks; block++) {
            for (int k = 0; k < size[block]; k++, i++) {
                middle[column.get(i)] = mean[block] + offset[i];
            }
        }
    }

    /** The weighted mean of an item's neighbours, and the weight. */
    private double[] wish(int item) {
        double sum = 0;
        double weights = 0;
        for (List<List<Integer>> side : List.of(before, behind)) {
            for (int neighbour : side.get(item)) {
                boolean chain = side == before ? isChain(neighbour, item) : isChain(item, neighbour);
                double weight = chain ? STRAIGHT : 1;
                sum += weight * middle[neighbour];
                weights += weight;
            }
        }
        return weights == 0 ? new double[] {middle[item], 1} : new double[] {sum / weights, weights};
    }

    /** Whether two items have each other alone, so that the line between them can be straight. */
    private boolean isChain(int from, int to) {
        return behind.get(from).size() == 1 && before.get(to).size() == 1;
    }
}
