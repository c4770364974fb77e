package org.thalweg.app.predict;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.data.Transform;

/** The units in which the target stood before transforms, which are undone in answers: a straight line by its value at 0 and its slope. */
record TargetUnits(double offset, double slope) {
    static final TargetUnits SAME = new TargetUnits(0, 1);

    /**
     * Finds the line by asking the transforms about three numbers.
     *
     * @param right the column that says what answers should be, if there is one
     * @param schema the columns before any transform
     * @throws DataException where it is no straight line
     */
    static TargetUnits of(Optional<String> right, Schema schema, List<Transform.Fitted> transforms) {
        Optional<Column> target = right.filter(schema.names()::contains).map(schema::column)
                .filter(column -> column.shape().rank() == 0 && column.dtype().isFloating());
        if (target.isEmpty()) {
            return SAME;
        }
        String name = target.get().name();
        InputRows probe = new InputRows(schema, List.of(name), 3);
        IntStream.range(0, 3).forEach(row -> probe.set(row, new double[] {row}));
        Dataset data = Answers.transformed(probe, transforms);
        if (data.schema().column(name).shape().rank() != 0) {
            return SAME;
        }
        double[] at = new double[3];
        data.read(data.schema().indexOf(name), new int[] {0, 1, 2}, 0, 3, at);
        double slope = at[1] - at[0];
        double bend = at[2] - at[1] - slope;
        if (slope == 0 || !(Math.abs(bend) <= 1e-9 * Math.max(Math.abs(at[0]), Math.abs(slope)))) {
            throw new DataException("the predictions cannot be told in the target's own units: a transform of the target is no straight line");
        }
        return new TargetUnits(at[0], slope);
    }

    double of(double transformed) {
        return (transformed - offset) / slope;
    }
}
