package org.thalweg.app.compare;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.pipeline.PipelineBuilder;
import org.thalweg.app.run.OpenPipeline;

/**
 * A surface as something to train: a pipeline with one parameter, the point {@code [x, y]}, and the height as its loss. So an optimizer goes down a
 * surface by the same tracing, the same compiler and the same loop as it trains a model.
 */
interface Terrain extends AutoCloseable {
    /** The name of the only parameter. */
    String POINT = "point";

    /** Does something with a pipeline that starts at a point; all that is missing is an optimizer. */
    <T> T with(double[] start, Function<PipelineBuilder, T> use);

    @Override
    void close();

    /** The terrain of a surface. */
    static Terrain of(Surface surface, Pipelines pipelines, long seed) throws IOException {
        return switch (surface) {
            case Surface.Function function -> new FormulaTerrain(function, seed);
            case ModelSurface model -> ModelTerrain.of(model, pipelines, seed);
        };
    }

    /** The coordinates as scalars. */
    static Tensor coordinate(Tensor point, int axis) {
        return point.slice(0, axis, axis + 1).reshape(Shape.scalar());
    }

    /** A formula over a batch of one row, whose numbers nobody reads. */
    record FormulaTerrain(Surface.Function surface, long seed) implements Terrain {
        private static final OneRow ROW = new OneRow();

        @Override
        public <T> T with(double[] start, Function<PipelineBuilder, T> use) {
            Layer height = (context, input) -> {
                Tensor point = context.parameter(POINT, Shape.of(2), (shape, random) -> new double[2]);
                return surface.height(coordinate(point, 0), coordinate(point, 1), context).reshape(1);
            };
            return use.apply(Pipeline.builder().seed(seed).dtype(DType.FLOAT64).threads(1).batchSize(1).training(ROW).model(height).loss("height", new Height())
                    .initialParameters(Map.of(POINT, start)));
        }

        @Override
        public void close() {}
    }

    /** The model's output is the loss. */
    record Height() implements Loss {
        @Override
        public List<String> inputs() {
            return List.of(LossInputs.INPUT);
        }

        @Override
        public Elements elements(LossInputs inputs) {
            return Elements.of(inputs.input());
        }
    }

    /** The files of pipelines that a comparison names. */
    interface Pipelines {
        /** Opens the data of one. */
        OpenPipeline open(String file) throws IOException;
    }
}
