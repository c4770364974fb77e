package org.thalweg.app.conformance;

import java.util.Map;

/**
 * The table: what PyTorch's options are called here, for each name in a case. A name that is not in it is a plugin's own, and its options are the
 * names of its settings.
 */
final class TorchNames {
    private static final Map<String, Object> REDUCTIONS = Map.of(
            "mean", "mean", "sum", "sum", "none", "none", "batchmean", Map.of("reduction", "mean", "batchMean", true));

    private static final Translation REDUCED = Translation.of().words("reduction", "reduction", REDUCTIONS);

    static final Map<String, Translation> LOSSES = Map.ofEntries(
            Map.entry("mse", REDUCED),
            Map.entry("l1", REDUCED),
            Map.entry("huber", REDUCED.same("delta")),
            Map.entry("smooth-l1", REDUCED.same("beta")),
            Map.entry("cross-entropy", REDUCED.same("weight").option("ignore_index", "ignoreIndex").option("label_smoothing", "labelSmoothing")
                    .whole("target")),
            Map.entry("nll", REDUCED.same("weight").option("ignore_index", "ignoreIndex").whole("target")),
            Map.entry("binary-cross-entropy", REDUCED.same("weight")),
            Map.entry("binary-cross-entropy-with-logits", REDUCED.same("weight").option("pos_weight", "posWeight")),
            Map.entry("kl-divergence", REDUCED.option("log_target", "logTarget")),
            Map.entry("hinge-embedding", REDUCED.same("margin")),
            Map.entry("margin-ranking", REDUCED.same("margin")),
            Map.entry("cosine-embedding", REDUCED.same("margin")),
            Map.entry("soft-margin", REDUCED),
            Map.entry("multi-label-soft-margin", REDUCED.same("weight")),
            Map.entry("triplet-margin", REDUCED.same("margin").same("p").same("swap").option("eps", "epsilon")),
            Map.entry("triplet-margin-with-distance", REDUCED.same("margin").same("swap")),
            Map.entry("ctc", REDUCED.same("blank").option("zero_infinity", "zeroInfinity").fixed("batchFirst", false)
                    .named("input_lengths", "inputLengths").named("target_lengths", "targetLengths")
                    .whole("target", "input_lengths", "target_lengths")),
            Map.entry("poisson-nll", REDUCED.option("log_input", "logInput").same("full").option("eps", "epsilon")),
            Map.entry("gaussian-nll", REDUCED.same("full").option("eps", "epsilon")),
            Map.entry("multi-margin", REDUCED.same("p").same("margin").same("weight").whole("target")),
            Map.entry("multi-label-margin", REDUCED.whole("target")));

    private static final Translation STEPS = Translation.of()
            .option("lr", "learningRate")
            .option("weight_decay", "weightDecay")
            .only("maximize", false)
            .ignored("foreach")
            .ignored("fused")
            .ignored("capturable")
            .ignored("differentiable");

    private static final Translation MOMENTS = STEPS.option("betas", "beta1", "beta2").option("eps", "epsilon");

    static final Map<String, Translation> OPTIMIZERS = Map.ofEntries(
            Map.entry("sgd", STEPS.same("momentum").same("dampening").same("nesterov")),
            Map.entry("adagrad", STEPS.option("lr_decay", "lrDecay").option("initial_accumulator_value", "initialAccumulator")
                    .option("eps", "epsilon")),
            Map.entry("rmsprop", STEPS.same("alpha").option("eps", "epsilon").same("momentum").option("centered", "centred")),
            Map.entry("adadelta", STEPS.same("rho").option("eps", "epsilon")),
            Map.entry("adam", MOMENTS.same("amsgrad")),
            Map.entry("adamw", MOMENTS.same("amsgrad")),
            Map.entry("adamax", MOMENTS),
            Map.entry("nadam", MOMENTS.option("momentum_decay", "momentumDecay")),
            Map.entry("radam", MOMENTS),
            Map.entry("asgd", STEPS.option("lambd", "lambda").same("alpha").same("t0")),
            Map.entry("rprop", STEPS.option("etas", "etaMinus", "etaPlus").option("step_sizes", "minimumStep", "maximumStep")));

    private static final Translation RATES = Translation.of().ignored("verbose").only("last_epoch", -1);

    static final Map<String, Translation> SCHEDULES = Map.ofEntries(
            Map.entry("step", RATES.option("step_size", "steps").same("gamma")),
            Map.entry("multi-step", RATES.same("milestones").same("gamma")),
            Map.entry("constant", RATES.optionElse("factor", "factor", 1.0 / 3).optionElse("total_iters", "steps", 5)),
            Map.entry("linear", RATES.option("start_factor", "startFactor").option("end_factor", "endFactor").option("total_iters", "steps")),
            Map.entry("exponential", RATES.same("gamma")),
            Map.entry("polynomial", RATES.option("total_iters", "steps").same("power")),
            Map.entry("cosine-annealing", RATES.option("T_max", "steps").factor("eta_min", "minimumFactor")),
            Map.entry("cosine-annealing-warm-restarts",
                    RATES.option("T_0", "steps").option("T_mult", "growth").factor("eta_min", "minimumFactor")),
            Map.entry("cyclic", RATES.factor("base_lr", "minimumFactor").factor("max_lr", "maximumFactor").option("step_size_up", "stepsUp")
                    .option("step_size_down", "stepsDown").same("gamma").ignored("cycle_momentum").ignored("base_momentum").ignored("max_momentum")
                    .words("mode", "mode", Map.of("triangular", "triangular", "triangular2", "triangular2", "exp_range", "exponential"))),
            Map.entry("one-cycle", RATES.factor("max_lr", "maximumFactor").option("total_steps", "steps").option("pct_start", "warmUp")
                    .words("anneal_strategy", "line", Map.of("cos", "cosine", "linear", "linear")).option("div_factor", "startDivisor")
                    .option("final_div_factor", "endDivisor").option("three_phase", "threePhase").ignored("cycle_momentum")
                    .ignored("base_momentum").ignored("max_momentum")),
            Map.entry("reduce-on-plateau", RATES.same("mode").same("factor").same("patience").same("threshold")
                    .words("threshold_mode", "thresholdMode", Map.of("rel", "relative", "abs", "absolute")).same("cooldown")
                    .factor("min_lr", "minimumFactor").factor("eps", "leastChange")));

    static final Map<String, Translation> MINIMIZERS = Map.of("lbfgs", Translation.of().option("lr", "learningRate").option("max_iter", "iterations")
            .option("max_eval", "evaluations").option("history_size", "history").option("tolerance_grad", "gradientTolerance")
            .option("tolerance_change", "changeTolerance").only("line_search_fn", "strong_wolfe"));

    private static final Translation WINDOW = Translation.of().option("kernel_size", "size").same("stride").same("padding").same("dilation")
            .ignored("in_channels").ignored("out_channels").only("padding_mode", "zeros");

    private static final Translation CONVOLUTION = WINDOW.same("groups").same("bias").size("channels", "weight", 0);

    private static final Translation POOL = WINDOW.only("ceil_mode", false).only("return_indices", false);

    private static final Translation NORM = Translation.of().option("eps", "epsilon").ignored("num_features").ignored("normalized_shape");

    private static final Translation RECURRENT = Translation.of().option("hidden_size", "units").option("num_layers", "layers").same("bidirectional")
            .ignored("input_size").only("batch_first", true).only("bias", true);

    static final Map<String, Translation> LAYERS = Map.ofEntries(
            Map.entry("conv1d", CONVOLUTION),
            Map.entry("conv2d", CONVOLUTION),
            Map.entry("conv3d", CONVOLUTION),
            Map.entry("max-pool1d", POOL),
            Map.entry("max-pool2d", POOL),
            Map.entry("max-pool3d", POOL),
            Map.entry("avg-pool1d", POOL.option("count_include_pad", "countPadding")),
            Map.entry("avg-pool2d", POOL.option("count_include_pad", "countPadding")),
            Map.entry("avg-pool3d", POOL.option("count_include_pad", "countPadding")),
            Map.entry("batch-norm", NORM.same("momentum").same("affine").only("track_running_stats", true)),
            Map.entry("layer-norm", NORM.option("elementwise_affine", "affine")),
            Map.entry("group-norm", NORM.option("num_groups", "groups").same("affine").ignored("num_channels")),
            Map.entry("instance-norm", NORM.same("affine")),
            Map.entry("embedding", Translation.of().size("vocabulary", "weight", 0).size("units", "weight", 1)),
            Map.entry("rnn", RECURRENT.same("nonlinearity")),
            Map.entry("lstm", RECURRENT),
            Map.entry("gru", RECURRENT),
            Map.entry("multi-head-attention", Translation.of().option("num_heads", "heads").ignored("embed_dim").ignored("batch_first")),
            Map.entry("transformer-encoder-layer", Translation.of().option("num_heads", "heads").option("nhead", "heads")
                    .option("dim_feedforward", "feedForward").option("norm_first", "normalizeFirst").ignored("d_model").fixed("dropout", 0)),
            Map.entry("dense", Translation.of().same("bias").size("units", "weight", 0)),
            Map.entry("leaky-relu", Translation.of().option("negative_slope", "negativeSlope").ignored("inplace")),
            Map.entry("elu", Translation.of().same("alpha").ignored("inplace")),
            Map.entry("relu", Translation.of().ignored("inplace")),
            Map.entry("silu", Translation.of().ignored("inplace")),
            Map.entry("gelu", Translation.of().same("approximate")),
            Map.entry("softplus", Translation.of().same("beta")),
            Map.entry("softmax", Translation.of().option("dim", "axis")),
            Map.entry("log-softmax", Translation.of().option("dim", "axis")));

    private TorchNames() {}
}
