package org.thalweg.app.conformance;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

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
        if (oneSequence || input.rank() == spatialAxes(layer) + 1) {
            return ONE_ROW;
        }
        return translation.isSequence() && given.timeFirst() ? TIME_FIRST : ROWS_FIRST;
    }

    /** Of a layer that is registered once for each number of them, as conv2d; less than none of any other. */
    private static int spatialAxes(Layer layer) {
        String name = layer instanceof Named named ? named.registeredName() : "";
        return name.matches(".*[123]d") ? name.charAt(name.length() - 2) - '0' : Integer.MIN_VALUE;
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
