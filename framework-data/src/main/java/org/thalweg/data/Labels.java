package org.thalweg.data;

import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/** The classes of labelled data. */
final class Labels {
    private Labels() {}

    /**
     * The class numbers of all rows.
     *
     * @param user what needs them, for messages
     * @throws DataException where {@code target} is not one class number a row
     */
    static int[] of(Dataset data, String user) {
        Column target = data.schema().column(Column.TARGET);
        if (target.dtype() != DType.INT32 || !target.shape().equals(Shape.scalar())) {
            throw new DataException(user + " need a source whose 'target' is one class number a row, INT32 [], but it is " + target.dtype() + target.shape());
        }
        int[] rows = IntStream.range(0, data.size()).toArray();
        int[] classes = new int[rows.length];
        data.read(data.schema().indexOf(Column.TARGET), rows, 0, rows.length, classes);
        return classes;
    }
}
