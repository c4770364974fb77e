package org.thalweg.app.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thalweg.api.layer.Layer;
import org.thalweg.app.plugin.PluginKind;
import org.thalweg.app.plugin.PluginRegistry;

/**
 * The table: what PyTorch's options are called here, for each name in a case. A name that is not in it is a plugin's own, and its options are the
 * names of its settings.
 */
final class TorchNames {
    private static final Map<String, Object> REDUCTIONS = Map.of(
            "mean", "mean", "sum", "sum", "none", "none", "batchmean", Map.of("reduction", "mean", "batchMean", true));

    private static final Translation REDUCED = Translation.of().words("reduction", "reduction", REDUCTIONS).nothing("size_average", "reduce");

    static final Map<String, Translation> LOSSES = Map.ofEntries(
            Map.entry("mse", REDUCED),
            Map.entry("l1", REDUCED),
            Map.entry("huber", REDUCED.same("delta")),
            Map.entry("smooth-l1", REDUCED.same("beta")),
            Map.entry("cross-entropy", REDUCED.same("weight").option("ignore_index", "ignoreIndex").option("label_smoothing", "labelSmoothing")
                    .whole("target")),
            Map.entry("nll", REDUCED.same("weight").option("ignore_index", "ignoreIndex").whole("target")),
            Map.entry("binary-cross-entropy", REDUCED.flat("weight", "weight")),
            Map.entry("binary-cross-entropy-with-logits", REDUCED.flat("weight", "weight").flat("pos_weight", "posWeight")),
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
            Map.entry("sparse-adam", MOMENTS),
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
                    .option("step_size_down", "stepsDown").same("gamma").nothing("scale_fn").ignored("scale_mode").ignored("cycle_momentum").ignored("base_momentum").ignored("max_momentum")
                    .words("mode", "mode", Map.of("triangular", "triangular", "triangular2", "triangular2", "exp_range", "exponential"))),
            Map.entry("one-cycle", RATES.factor("max_lr", "maximumFactor").option("total_steps", "steps").ignored("epochs").ignored("steps_per_epoch").option("pct_start", "warmUp")
                    .words("anneal_strategy", "line", Map.of("cos", "cosine", "linear", "linear")).option("div_factor", "startDivisor")
                    .option("final_div_factor", "endDivisor").option("three_phase", "threePhase")
                    .derived("steps", given -> given.options().get("epochs") == null
                            ? null : (Object) (given.whole("epochs", 1) * given.whole("steps_per_epoch", 1))).ignored("cycle_momentum")
                    .ignored("base_momentum").ignored("max_momentum")),
            Map.entry("reduce-on-plateau", RATES.same("mode").same("factor").same("patience").same("threshold")
                    .words("threshold_mode", "thresholdMode", Map.of("rel", "relative", "abs", "absolute")).same("cooldown")
                    .factor("min_lr", "minimumFactor").factorElse("eps", "leastChange", 1e-8)));

    static final Map<String, Translation> MINIMIZERS = Map.of("lbfgs", Translation.of().option("lr", "learningRate").option("max_iter", "iterations")
            .option("max_eval", "evaluations").option("history_size", "history").option("tolerance_grad", "gradientTolerance")
            .option("tolerance_change", "changeTolerance").only("line_search_fn", "strong_wolfe"));

    /** The number of axes, from a shape or a number. */
    private static Integer rank(Object extents) {
        return extents instanceof List<?> list ? (Integer) list.size() : extents == null ? null : (Integer) 1;
    }

    /** One number, or [near, far] of the last axis, then of the one before it, and so on. */
    private static Map<String, Object> ends(Object padding) {
        List<?> numbers = padding instanceof List<?> list ? list : List.of(padding, padding);
        List<Object> before = new ArrayList<>();
        List<Object> after = new ArrayList<>();
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            before.addFirst(numbers.get(i));
            after.addFirst(numbers.get(i + 1));
        }
        return Map.of("before", before, "after", after);
    }

    /** An extent that is None stays as it is, which is 0 here. */
    private static Map<String, Object> extents(Object size) {
        return Map.of("size", size instanceof List<?> list ? list.stream().map(extent -> extent == null ? 0 : extent).toList() : size);
    }

    private static Map<String, Object> padding(Object padding) {
        return padding.equals("same") ? Map.of("same", true) : Map.of("padding", padding.equals("valid") ? 0 : padding);
    }

    private static final Translation PLAIN = Translation.of().ignored("inplace");

    private static final Translation WINDOW = Translation.of().option("kernel_size", "size").same("stride").same("padding").same("dilation");

    private static final Translation CONVOLUTION = WINDOW.becoming("padding", TorchNames::padding).same("groups").same("bias")
            .ignored("in_channels").ignored("out_channels").size("channels", "weight", 0)
            .becoming("padding_mode", mode -> mode.equals("zeros") ? Map.of() : Map.of("paddingMode", mode));

    private static final Translation TRANSPOSED = WINDOW.same("groups").same("bias").option("output_padding", "outputPadding")
            .ignored("in_channels").ignored("out_channels").only("padding_mode", "zeros")
            .derived("channels", given -> given.state().containsKey("weight")
                    ? given.state().get("weight").shape().extent(1) * given.whole("groups", 1) : null);

    private static final Translation MAX_POOL = WINDOW.option("ceil_mode", "ceil").ignored("return_indices");

    private static final Translation AVERAGE_POOL = Translation.of().option("kernel_size", "size").same("stride").same("padding")
            .option("ceil_mode", "ceil").option("count_include_pad", "countPadding").option("divisor_override", "divisor");

    private static final Translation ADAPTIVE = Translation.of().becoming("output_size", TorchNames::extents).ignored("return_indices");

    private static final Translation PAD = Translation.of().becoming("padding", TorchNames::ends).as("pad");

    private static final Translation NORM = Translation.of().option("eps", "epsilon").ignored("num_features");

    private static final Translation BATCH_NORM = NORM.same("momentum").none("momentum", Map.of("cumulative", true)).same("affine")
            .option("track_running_stats", "running").as("batch-norm");

    private static final Translation INSTANCE_NORM = NORM.same("momentum").same("affine").option("track_running_stats", "running").as("instance-norm");

    private static final Translation DROPOUT = PLAIN.option("p", "rate");

    private static final Translation RECURRENT = Translation.of().option("hidden_size", "units").option("num_layers", "layers").same("bidirectional")
            .same("bias").same("dropout").ignored("input_size").sequence();

    private static final Translation ATTENTION = Translation.of().option("num_heads", "heads").same("bias").same("dropout").ignored("embed_dim")
            .sequence().ignored("kdim").ignored("vdim").only("add_bias_kv", false).only("add_zero_attn", false)
            .inputs("memory", "values").derived("memory", given -> given.inputs() > 1 ? "memory" : null)
            .derived("values", given -> given.inputs() > 2 ? "values" : null);

    private static final Translation TRANSFORMER = Translation.of().option("num_heads", "heads").option("nhead", "heads")
            .option("dim_feedforward", "feedForward").option("norm_first", "normalizeFirst").same("activation").option("layer_norm_eps", "epsilon")
            .ignored("d_model").sequence().fixed("dropout", 0).same("dropout");

    private static final Translation UPSAMPLE = Translation.of().same("size").option("scale_factor", "scale").option("align_corners", "alignCorners")
            .only("recompute_scale_factor", false).as("upsample")
            .words("mode", "mode", Map.of("nearest", "nearest", "nearest-exact", "nearest-exact", "linear", "linear", "bilinear", "linear", "trilinear",
                    "linear", "bicubic", "cubic"));

    private static final Translation EMBEDDING = Translation.of().size("vocabulary", "weight", 0).size("units", "weight", 1).ignored("num_embeddings")
            .ignored("embedding_dim").ignored("padding_idx").ignored("sparse").nothing("max_norm").ignored("norm_type").only("scale_grad_by_freq", false)
            .derived("paddingIndex", given -> {
                int index = given.whole("padding_idx", Integer.MIN_VALUE);
                return index == Integer.MIN_VALUE ? null : index < 0 ? (Object) (index + given.state().get("weight").shape().extent(0)) : (Object) index;
            });

    private static final Translation SOFTMAX = Translation.of().option("dim", "axis");

    private static final Translation DENSE = Translation.of().same("bias").size("units", "weight", 0).ignored("in_features").ignored("out_features").as("dense");

    static final Map<String, Translation> LAYERS = layers();

    private static Map<String, Translation> layers() {
        Map<String, Translation> layers = new TreeMap<>();
        for (String d : List.of("1d", "2d", "3d")) {
            layers.put("conv" + d, CONVOLUTION);
            layers.put("conv-transpose" + d, TRANSPOSED);
            layers.put("max-pool" + d, MAX_POOL);
            layers.put("avg-pool" + d, AVERAGE_POOL);
            layers.put("lp-pool" + d, Translation.of().option("norm_type", "p").option("kernel_size", "size").same("stride").option("ceil_mode", "ceil"));
            layers.put("adaptive-avg-pool" + d, ADAPTIVE);
            layers.put("adaptive-max-pool" + d, ADAPTIVE);
            layers.put("constant-pad" + d, PAD.same("value"));
            layers.put("zero-pad" + d, PAD);
            layers.put("reflection-pad" + d, PAD.fixed("mode", "reflect"));
            layers.put("replication-pad" + d, PAD.fixed("mode", "replicate"));
            layers.put("batch-norm" + d, BATCH_NORM);
            layers.put("instance-norm" + d, INSTANCE_NORM);
            layers.put("dropout" + d, DROPOUT.as("spatial-dropout"));
        }
        layers.put("batch-norm", BATCH_NORM);
        layers.put("instance-norm", INSTANCE_NORM);
        layers.put("layer-norm", NORM.option("elementwise_affine", "affine").ignored("normalized_shape").derived("axes", given -> {
            GoldenTensor weight = given.state().get("weight");
            return weight != null ? (Integer) weight.shape().rank() : rank(given.options().get("normalized_shape"));
        }));
        layers.put("group-norm", NORM.option("num_groups", "groups").same("affine").ignored("num_channels"));
        layers.put("local-response-norm", Translation.of().same("size").same("alpha").same("beta").same("k"));
        layers.put("embedding", EMBEDDING);
        layers.put("rnn", RECURRENT.same("nonlinearity"));
        layers.put("lstm", RECURRENT.becoming("proj_size", size -> size.equals(0) ? Map.of() : Map.of("projection", size)));
        layers.put("gru", RECURRENT);
        layers.put("multi-head-attention", ATTENTION);
        layers.put("transformer-encoder-layer", TRANSFORMER);
        layers.put("transformer-decoder-layer", TRANSFORMER.fixed("causal", false).inputs("memory"));
        layers.put("dense", DENSE);
        layers.put("linear", DENSE);
        layers.put("flatten", Translation.of().only("start_dim", 1).only("end_dim", -1));
        layers.put("unflatten", Translation.of().only("dim", 1).option("unflattened_size", "extents").as("reshape"));
        layers.put("dropout", DROPOUT);
        layers.put("alpha-dropout", DROPOUT);
        layers.put("feature-alpha-dropout", DROPOUT.as("alpha-dropout"));
        layers.put("upsample", UPSAMPLE);
        layers.put("upsampling-nearest2d", UPSAMPLE);
        layers.put("upsampling-bilinear2d", UPSAMPLE.fixed("mode", "linear").fixed("alignCorners", true));
        layers.put("pixel-shuffle", Translation.of().option("upscale_factor", "factor"));
        layers.put("pixel-unshuffle", Translation.of().option("downscale_factor", "factor").fixed("back", true).as("pixel-shuffle"));
        layers.put("channel-shuffle", Translation.of().same("groups"));
        layers.put("unfold", WINDOW);
        layers.put("fold", WINDOW.option("output_size", "extents"));

        layers.put("identity", PLAIN);
        layers.put("relu", PLAIN);
        layers.put("relu6", PLAIN);
        layers.put("leaky-relu", PLAIN.option("negative_slope", "negativeSlope"));
        layers.put("prelu", Translation.of().option("init", "initialSlope").ignored("num_parameters")
                .derived("perChannel", given -> given.state().containsKey("weight") && given.state().get("weight").shape().size() > 1));
        layers.put("rrelu", PLAIN.option("lower", "low").option("upper", "high"));
        layers.put("threshold", PLAIN.same("threshold").same("value"));
        layers.put("elu", PLAIN.same("alpha"));
        layers.put("selu", PLAIN);
        layers.put("celu", PLAIN.same("alpha"));
        layers.put("gelu", Translation.of().same("approximate"));
        layers.put("glu", SOFTMAX);
        layers.put("silu", PLAIN);
        layers.put("mish", PLAIN);
        layers.put("log-sigmoid", PLAIN);
        layers.put("softplus", Translation.of().same("beta").optionElse("threshold", "threshold", 20));
        layers.put("hardtanh", PLAIN.option("min_val", "low").option("max_val", "high"));
        layers.put("hardsigmoid", PLAIN);
        layers.put("hardswish", PLAIN);
        layers.put("hardshrink", Translation.of().option("lambd", "lambda"));
        layers.put("softshrink", Translation.of().option("lambd", "lambda"));
        layers.put("softmax", SOFTMAX);
        layers.put("softmax2d", Translation.of().fixed("axis", 1).as("softmax"));
        layers.put("softmin", SOFTMAX);
        layers.put("log-softmax", SOFTMAX);
        return Map.copyOf(layers);
    }

    private TorchNames() {}

    /** The name of a layer in the table or the registry; where it is in neither, that of PyTorch's class, whose words are written together. */
    static String layer(String name, String torchClass, PluginRegistry registry) {
        if (LAYERS.containsKey(name) || registry.find(PluginKind.of(Layer.class).orElseThrow(), name).isPresent()) {
            return name;
        }
        return LAYERS.keySet().stream().filter(known -> known.replace("-", "").equalsIgnoreCase(torchClass)).findFirst().orElse(name);
    }
}
