package org.thalweg.data;

import java.util.Map;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Transform;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;

/**
 * Scales a column: {@code y = by · x + offset} for every number x, computed in double precision and rounded once. Learns nothing.
 *
 * @param by the factor
 * @param offset added afterwards
 * @param column which
 */
@Description("Multiplies every number of a column by a factor and adds an offset: y = by · x + offset.")
public record Scale(
        @Description("The factor; 0.00392156862745098 (1/255) brings grey levels from 0..255 to 0..1.") double by,
        @Description("What is added after the multiplication.") @Default("0") double offset,
        @Description("The column to scale.") @Default("input") String column)
        implements Transform {

    @Override
    public Fitted fit(Dataset training) {
        ChangedColumn.floating(training, column);
        return restore(Map.of());
    }

    @Override
    public Fitted restore(Map<String, double[]> learned) {
        return data -> new ChangedColumn(data, column, new Line(by, offset));
    }

    private record Line(double by, double offset) implements ChangedColumn.Change {
        @Override
        public void apply(float[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] = (float) (by * values[i] + offset);
            }
        }

        @Override
        public void apply(double[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] = by * values[i] + offset;
            }
        }
    }
}
