package org.thalweg.app.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.api.optim.Objective;

/**
 * A surface on a grid.
 *
 * @param view what the grid spans
 * @param columns of the grid
 * @param rows of the grid
 * @param values row by row, from low to high
 */
record Heights(View view, int columns, int rows, double[] values) {
    private static final int LEVELS = 14;
    /** Levels begin at this part of the heights, so that the floor is not covered with lines. */
    private static final double LOWEST_PART = 0.01;
    private static final double HIGHEST_PART = 0.97;

    static Heights of(Objective surface, View view, int columns, int rows) {
        Heights heights = new Heights(view, columns, rows, new double[columns * rows]);
        double[] ignored = new double[2];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                heights.values[row * columns + column] = surface.evaluate(new double[] {heights.x(column), heights.y(row)}, ignored);
            }
        }
        return heights;
    }

    double at(int column, int row) {
        return values[row * columns + column];
    }

    double x(double column) {
        return view.left() + column / (columns - 1) * (view.right() - view.left());
    }

    double y(double row) {
        return view.low() + row / (rows - 1) * (view.high() - view.low());
    }

    /** Heights for lines, from low to high, evenly spaced by their logarithm. */
    List<Double> levels() {
        double[] sorted = Arrays.stream(values).filter(value -> Double.isFinite(value) && value > 0).sorted().toArray();
        List<Double> levels = new ArrayList<>();
        if (sorted.length > 0) {
            double low = Math.log(sorted[(int) (LOWEST_PART * (sorted.length - 1))]);
            double high = Math.log(sorted[(int) (HIGHEST_PART * (sorted.length - 1))]);
            for (int i = 0; i < LEVELS; i++) {
                levels.add(Math.exp(low + (high - low) * i / (LEVELS - 1)));
            }
        }
        return levels;
    }
}
