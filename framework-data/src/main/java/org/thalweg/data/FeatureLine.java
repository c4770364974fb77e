package org.thalweg.data;

import java.util.Map;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Transform;

/**
 * Every feature on a line of its own: {@code y = (x − origin) · factor + offset}, in double precision, rounded once.
 *
 * @param column which
 * @param what was learned: what origin and factor come from
 */
record FeatureLine(String column, Learned what, double[] origin, double[] factor, double offset)
        implements Transform.Fitted, ChangedColumn.Change {
    @Override
    public Dataset apply(Dataset data) {
        what.requireShape(data, column);
        return new ChangedColumn(data, column, this);
    }

    @Override
    public Map<String, double[]> learned() {
        return what.asMap();
    }

    @Override
    public void apply(float[] values, int count) {
        for (int start = 0; start < count; start += origin.length) {
            for (int j = 0; j < origin.length; j++) {
                values[start + j] = (float) ((values[start + j] - origin[j]) * factor[j] + offset);
            }
        }
    }

    @Override
    public void apply(double[] values, int count) {
        for (int start = 0; start < count; start += origin.length) {
            for (int j = 0; j < origin.length; j++) {
                values[start + j] = (values[start + j] - origin[j]) * factor[j] + offset;
            }
        }
    }
}
