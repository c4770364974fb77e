package org.thalweg.app.sweep;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.References;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsProblem;

/** The values that one setting can have. */
public sealed interface Variation {
    /** The values of a grid. */
    List<Object> grid();

    /** A value by chance. */
    Object random(Random random);

    /** What a file says; null where it is wrong. */
    static Variation of(Object value, String path, Consumer<SettingsProblem> problems) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            return new Values(List.copyOf(list));
        }
        if (value instanceof Map<?, ?> map) {
            Range range = Settings.bind(Range.class, map, path, References.NONE, problems);
            return range == null ? null : new Numbers(range, isWhole(map.get("from")) && isWhole(map.get("to")));
        }
        problems.accept(new SettingsProblem(path, "must be a list of values, as [0.01, 0.1], or a range, as {from: 1e-4, to: 0.1, scale: log}"));
        return null;
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer || value instanceof Long;
    }

    /** A list. */
    record Values(List<Object> grid) implements Variation {
        @Override
        public Object random(Random random) {
            return grid.get(random.nextInt(grid.size()));
        }
    }

    /** How a range is spaced. */
    enum Scale {
        /** Evenly. */
        LINEAR,
        /** Evenly by the logarithm. */
        LOG
    }

    /**
     * A range as it is written.
     *
     * @param from the least value
     * @param to the largest value
     * @param scale how it is spaced
     * @param steps values of a grid
     */
    @Description("A range of numbers; whole ones where both ends are written as whole numbers.")
    record Range(
            @Description("The least value.") double from,
            @Description("The largest value.") double to,
            @Description("How values are spaced: linear, or log for evenly by the logarithm.") @Default("linear") Scale scale,
            @Description("How many values a grid takes.") @Default("4") @Min(2) int steps) {
        /** Checks the order. */
        public Range {
            if (!(from < to)) {
                throw new IllegalArgumentException("must go from a smaller to a larger number, but goes from " + from + " to " + to);
            }
            if (scale == Scale.LOG && !(from > 0)) {
                throw new IllegalArgumentException("a logarithmic range must begin above 0, but begins at " + from);
            }
        }
    }

    /** A range. */
    record Numbers(Range range, boolean whole) implements Variation {
        @Override
        public List<Object> grid() {
            return IntStream.range(0, range.steps).mapToObj(step -> at((double) step / (range.steps - 1))).distinct().toList();
        }

        @Override
        public Object random(Random random) {
            return at(random.nextDouble());
        }

        /** Three digits, since nobody sweeps for more. */
        private Object at(double part) {
            double value = range.scale == Scale.LOG
                    ? Math.exp(Math.log(range.from) + part * (Math.log(range.to) - Math.log(range.from)))
                    : range.from + part * (range.to - range.from);
            if (whole) {
                return Math.round(value);
            }
            return Math.clamp(Double.parseDouble(String.format(Locale.ROOT, "%.3g", value)), range.from, range.to);
        }
    }
}
