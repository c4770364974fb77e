package org.thalweg.app.conformance;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.spatial.SpatialLayer;

/** Where a case has the rows of its batch; the layers here have them first. */
enum Arrangement {
    /** As here. */
    ROWS_FIRST,
    /** After the time. */
    TIME_FIRST,
    /** Nowhere: what is given is one row. */
    ONE_ROW;

    private static final int SEQUENCE_RANK = 3;

    static Arrangement of(Layer layer, Translation translation, Translation.Given given, Shape input) {
        boolean oneSequence = translation.isSequence() && input.rank() < SEQUENCE_RANK;
        if (oneSequence || layer instanceof SpatialLayer spatial && input.rank() == spatial.axes() + 1) {
            return ONE_ROW;
        }
        return translation.isSequence() && given.timeFirst() ? TIME_FIRST : ROWS_FIRST;
    }

    Tensor rowsFirst(Tensor given) {
        return switch (this) {
            case ROWS_FIRST -> given;
            case TIME_FIRST -> given.permute(1, 0, 2);
            case ONE_ROW -> given.reshape(given.shape().prepend(1));
        };
    }

    Tensor asGiven(Tensor output) {
        return switch (this) {
            case ROWS_FIRST -> output;
            case TIME_FIRST -> output.permute(1, 0, 2);
            case ONE_ROW -> output.reshape(output.shape().without(0));
        };
    }
}
