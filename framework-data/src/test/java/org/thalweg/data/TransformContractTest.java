package org.thalweg.data;

import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Transform;
import org.thalweg.api.tensor.Shape;
import org.thalweg.testkit.TransformContract;

/** The contract, for every transform here. */
class TransformContractTest extends TransformContract {
    @Override
    protected Stream<Transform> transforms() {
        return Stream.of(
                new Scale(3, 1, "input"), new Standardise("input"), new Normalise(-1, 1, "input"),
                new FillMissing(FillMissing.Kind.MEAN, Optional.empty(), "input"), new FillMissing(FillMissing.Kind.MEDIAN, Optional.empty(), "input"),
                new FillMissing(FillMissing.Kind.CONSTANT, Optional.of(0.1), "input"), new OneHot("target", Optional.empty()));
    }

    @Override
    protected Dataset training() {
        return InMemory.of(
                ColumnValues.numbers("input", Shape.of(2), new double[] {1, 0.1, 2, 0.7, 4, 1e-3}),
                ColumnValues.integers("target", Shape.scalar(), new int[] {0, 2, 1}));
    }

    @Override
    protected Dataset other() {
        return InMemory.of(
                ColumnValues.numbers("input", Shape.of(2), new double[] {7, Double.NaN, -2, 0.3}),
                ColumnValues.integers("target", Shape.scalar(), new int[] {1, 1}));
    }
}
