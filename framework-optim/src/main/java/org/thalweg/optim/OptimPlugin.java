package org.thalweg.optim;

import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;

/** Registers everything in this package but the minimizers, which are for Java callers. */
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
        registrar.optimizer("momentum", Momentum.class);
        registrar.optimizer("nesterov", Nesterov.class);
        registrar.optimizer("adagrad", Adagrad.class);
        registrar.optimizer("rmsprop", RmsProp.class);
        registrar.optimizer("adadelta", Adadelta.class);
        registrar.optimizer("adam", Adam.class);
        registrar.optimizer("adamw", AdamW.class);
        registrar.optimizer("sparse-adam", SparseAdam.class);
        registrar.optimizer("adamax", Adamax.class);
        registrar.optimizer("nadam", NAdam.class);
        registrar.optimizer("radam", RAdam.class);
        registrar.optimizer("asgd", Asgd.class);
        registrar.optimizer("rprop", Rprop.class);
        registrar.optimizer("adafactor", Adafactor.class);
        registrar.optimizer("lion", Lion.class);
        registrar.optimizer("lamb", Lamb.class);
        registrar.optimizer("lars", Lars.class);
        registrar.optimizer("adabelief", AdaBelief.class);
        registrar.optimizer("yogi", Yogi.class);
        registrar.optimizer("schedule-free-sgd", ScheduleFreeSgd.class);
        registrar.optimizer("schedule-free-adamw", ScheduleFreeAdamW.class);
        registrar.optimizer("muon", Muon.class);
        registrar.optimizer("lookahead", Lookahead.class);
        registrar.optimizer("exponential-moving-average", ExponentialMovingAverage.class);
        registrar.optimizer("row-sparse", RowSparse.class);

        registrar.schedule("constant", ConstantRate.class);
        registrar.schedule("linear", LinearRate.class);
        registrar.schedule("step", StepDecay.class);
        registrar.schedule("multi-step", MultiStepDecay.class);
        registrar.schedule("exponential", ExponentialDecay.class);
        registrar.schedule("polynomial", PolynomialDecay.class);
        registrar.schedule("cosine-annealing", CosineAnnealing.class);
        registrar.schedule("cosine-annealing-warm-restarts", CosineWarmRestarts.class);
        registrar.schedule("cyclic", CyclicRate.class);
        registrar.schedule("one-cycle", OneCycle.class);
        registrar.schedule("reduce-on-plateau", ReduceOnPlateau.class);
        registrar.schedule("warm-up", WarmUp.class);
        registrar.schedule("inverse-square-root", InverseSquareRoot.class);
        registrar.schedule("sequence", ScheduleSequence.class);
        registrar.schedule("product", ScheduleProduct.class);

        registrar.gradientTransform("clip-by-global-norm", ClipByGlobalNorm.class);
        registrar.gradientTransform("clip-by-norm", ClipByNorm.class);
        registrar.gradientTransform("clip-by-value", ClipByValue.class);
        registrar.gradientTransform("centralisation", Centralisation.class);
        registrar.gradientTransform("weight-decay", WeightDecay.class);
        registrar.gradientTransform("noise", Noise.class);

        registrar.minimizer("lbfgs", LBfgs.class);
        registrar.minimizer("conjugate-gradient", ConjugateGradient.class);
        registrar.minimizer("newton", NewtonMethod.class);

        registrar.stopCriterion("loss-change", LossChange.class);
        registrar.stopCriterion("gradient-norm", GradientNorm.class);
        registrar.stopCriterion("patience", Patience.class);
    }
}
