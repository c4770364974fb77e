package org.thalweg.app.compare;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.pipeline.PipelineBuilder;
import org.thalweg.app.pipeline.StoredTensor;
import org.thalweg.app.pipeline.Weights;
import org.thalweg.app.run.OpenPipeline;

/** The plane through a model's parameters: the model itself, whose parameters follow the point. Every step takes all of the training data. */
final class ModelTerrain implements Terrain {
    private final OpenPipeline open;
    private final Layer plane;
    private final long seed;
    private final Map<String, double[]> values;

    private ModelTerrain(OpenPipeline open, Layer model, long seed, Map<String, double[]> values) {
        this.open = open;
        this.plane = (context, input) -> {
            Tensor point = context.parameter(POINT, Shape.of(2), (shape, random) -> new double[2]);
            return model.apply(new PlaneContext(context, Terrain.coordinate(point, 0), Terrain.coordinate(point, 1)), input);
        };
        this.seed = seed;
        this.values = values;
    }

    static ModelTerrain of(ModelSurface surface, Pipelines pipelines, long seed) throws IOException {
        OpenPipeline open = pipelines.open(surface.pipeline());
        try {
            LoadedConfiguration configuration = open.configuration();
            Weights center = open.with(builder -> switch (surface.center()) {
                case INITIAL -> builder.build().initialWeights();
                case TRAINED -> builder.epochs(surface.epochs().orElse(configuration.run().training().epochs())).build().train().finalWeights();
            });
            Map<String, double[]> values = new LinkedHashMap<>();
            center.state().forEach((path, tensor) -> values.put(path, tensor.values()));
            Random random = new Random(surface.directions());
            center.parameters().forEach((path, tensor) -> {
                values.put(path + PlaneContext.CENTER, tensor.values());
                values.put(path + PlaneContext.FIRST, direction(tensor, random));
                values.put(path + PlaneContext.SECOND, direction(tensor, random));
            });
            return new ModelTerrain(open, configuration.run().model(), seed, values);
        } catch (RuntimeException | Error failure) {
            open.close();
            throw failure;
        }
    }

    /** Normal numbers; each filter as long as the parameter's. */
    static double[] direction(StoredTensor parameter, Random random) {
        double[] along = parameter.values();
        if (parameter.shape().rank() < 2) {
            return new double[along.length];
        }
        int filters = parameter.shape().extent(0);
        int size = along.length / filters;
        double[] direction = DoubleStream.generate(random::nextGaussian).limit(along.length).toArray();
        for (int filter = 0; filter < filters; filter++) {
            double scale = norm(along, filter * size, size) / norm(direction, filter * size, size);
            for (int i = filter * size; i < (filter + 1) * size; i++) {
                direction[i] *= scale;
            }
        }
        return direction;
    }

    private static double norm(double[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i] * values[i];
        }
        return Math.sqrt(sum);
    }

    @Override
    public <T> T with(double[] start, Function<PipelineBuilder, T> use) {
        LoadedConfiguration configuration = open.configuration();
        return use.apply(Pipeline.builder()
                .seed(seed)
                .dtype(DType.FLOAT64)
                .threads(configuration.run().training().usableThreads())
                .training(open.training())
                .batchSize(open.training().size())
                .model(plane)
                .loss(configuration.run().loss().name(), configuration.run().loss().loss())
                .initialParameters(values)
                .initialParameters(Map.of(POINT, start)));
    }

    @Override
    public void close() {
        open.close();
    }
}
