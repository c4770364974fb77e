package org.thalweg.optim;

import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;

/** Registers everything in this package. */
public final class OptimPlugin implements Plugin {
    /** For the service loader. */
    public OptimPlugin() {}

    @Override
    public String id() {
        return "optim";
    }

    @Override
    public void register(Registrar registrar) {
        registrar.optimizer("gradient-descent", GradientDescent.class);
        registrar.optimizer("sgd", Sgd.class);
        registrar.optimizer("adam", Adam.class);

        registrar.schedule("constant", ConstantRate.class);
        registrar.schedule("cosine-annealing", CosineAnnealing.class);

        registrar.gradientTransform("clip-by-global-norm", ClipByGlobalNorm.class);
        registrar.gradientTransform("clip-by-value", ClipByValue.class);

        registrar.stopCriterion("loss-change", LossChange.class);
        registrar.stopCriterion("gradient-norm", GradientNorm.class);
        registrar.stopCriterion("patience", Patience.class);
    }
}
