package org.thalweg.data;

import java.util.List;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;

/**
 * Rows written in the configuration itself. The column {@code input} is FLOAT64 with one feature for each number of a row; {@code target} is
 * INT32 for classes and FLOAT64 for numbers.
 *
 * @param inputs the rows, equally long
 * @param targets one for each row
 * @param targetType what the targets are
 */
@Description("Rows written in the configuration itself, for examples and tests.")
public record Inline(
        @Description("The rows: a list of lists of numbers, equally long.") List<List<Double>> inputs,
        @Description("One target for each row.") List<Double> targets,
        @Description("Whether the targets are class numbers (classes) or quantities (number).") TargetType targetType)
        implements DataSource {

    /** Checks that the rows fit together. */
    public Inline {
        inputs = inputs.stream().map(List::copyOf).toList();
        targets = List.copyOf(targets);
        if (inputs.isEmpty() || inputs.getFirst().isEmpty()) {
            throw new IllegalArgumentException("inputs needs at least one row with at least one number");
        }
        for (int row = 0; row < inputs.size(); row++) {
            if (inputs.get(row).size() != inputs.getFirst().size()) {
                throw new IllegalArgumentException("inputs[" + row + "] has length " + inputs.get(row).size() + ", but inputs[0] has length "
                        + inputs.getFirst().size() + "; make all rows equally long");
            }
        }
        if (!inputs.stream().flatMap(List::stream).allMatch(Double::isFinite) || !targets.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("inputs and targets must be finite numbers; replace the others, or leave their rows out");
        }
        if (targets.size() != inputs.size()) {
            throw new IllegalArgumentException(
                    "targets has length " + targets.size() + ", but inputs has length " + inputs.size() + "; give every row one target");
        }
        for (int row = 0; targetType == TargetType.CLASSES && row < targets.size(); row++) {
            double target = targets.get(row);
            if (target != (int) target || target < 0) {
                throw new IllegalArgumentException(
                        "targets[" + row + "] is " + target + ", which is no class number; use 0, 1, 2 ..., or set targetType to number");
            }
        }
    }

    @Override
    public Dataset open(DataContext context) {
        double[] values = inputs.stream().flatMap(List::stream).mapToDouble(Double::doubleValue).toArray();
        return InMemory.of(
                ColumnValues.numbers(Column.INPUT, Shape.of(inputs.getFirst().size()), values),
                switch (targetType) {
                    case CLASSES ->
                        ColumnValues.integers(Column.TARGET, Shape.scalar(), targets.stream().mapToInt(Double::intValue).toArray());
                    case NUMBER ->
                        ColumnValues.numbers(Column.TARGET, Shape.scalar(), targets.stream().mapToDouble(Double::doubleValue).toArray());
                });
    }
}
