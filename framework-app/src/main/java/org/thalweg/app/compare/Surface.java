package org.thalweg.app.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.References;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.app.config.Choices;

/** A function of two numbers whose least value is 0, and which can be drawn. */
public sealed interface Surface permits Surface.Function, ModelSurface {
    /** What a usual chart shows. */
    View view();

    /** What the surface is known for, a sentence or two. */
    String lesson();

    /** The references of a comparison: surfaces, and plugins. */
    static References references(References plugins) {
        Map<String, Class<? extends Record>> surfaces = new LinkedHashMap<>();
        surfaces.put("valley", Valley.class);
        surfaces.put("rosenbrock", Rosenbrock.class);
        surfaces.put("beale", Beale.class);
        surfaces.put("himmelblau", Himmelblau.class);
        surfaces.put("saddle", Saddle.class);
        surfaces.put("plateau", Plateau.class);
        surfaces.put("cos-tan", CosTan.class);
        surfaces.put("noisy-quadratic", NoisyQuadratic.class);
        surfaces.put("formula", FormulaSurface.class);
        surfaces.put("model", ModelSurface.class);
        return new Choices<>(Surface.class, "surface", surfaces, plugins);
    }

    /** A surface that is a formula: traced and differentiated like any loss. */
    sealed interface Function extends Surface permits Valley, Rosenbrock, Beale, Himmelblau, Saddle, Plateau, CosTan, NoisyQuadratic, FormulaSurface {
        /**
         * The height.
         *
         * @param x a scalar
         * @param y a scalar
         * @param context knows whether an optimizer takes a step, and has random numbers for it
         */
        Tensor height(Tensor x, Tensor y, LayerContext context);
    }
}
