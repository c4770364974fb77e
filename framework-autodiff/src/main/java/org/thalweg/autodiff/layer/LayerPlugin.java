package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.Sequence;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.autodiff.layer.attention.LearnedPositions;
import org.thalweg.autodiff.layer.attention.MultiHeadAttention;
import org.thalweg.autodiff.layer.attention.SinusoidalPositions;
import org.thalweg.autodiff.layer.attention.TransformerDecoderLayer;
import org.thalweg.autodiff.layer.attention.TransformerEncoderLayer;
import org.thalweg.autodiff.layer.attention.TransformerStack;
import org.thalweg.autodiff.layer.normalization.BatchNorm;
import org.thalweg.autodiff.layer.normalization.GroupNorm;
import org.thalweg.autodiff.layer.normalization.InstanceNorm;
import org.thalweg.autodiff.layer.normalization.LayerNorm;
import org.thalweg.autodiff.layer.normalization.RmsNorm;
import org.thalweg.autodiff.layer.recurrent.Gru;
import org.thalweg.autodiff.layer.recurrent.Lstm;
import org.thalweg.autodiff.layer.recurrent.Rnn;
import org.thalweg.autodiff.layer.spatial.AdaptiveAveragePool;
import org.thalweg.autodiff.layer.spatial.AdaptiveMaxPool;
import org.thalweg.autodiff.layer.spatial.AveragePool;
import org.thalweg.autodiff.layer.spatial.ChannelShuffle;
import org.thalweg.autodiff.layer.spatial.Convolution;
import org.thalweg.autodiff.layer.spatial.Fold;
import org.thalweg.autodiff.layer.spatial.GlobalAveragePool;
import org.thalweg.autodiff.layer.spatial.GlobalMaxPool;
import org.thalweg.autodiff.layer.spatial.LocalResponseNorm;
import org.thalweg.autodiff.layer.spatial.MaxPool;
import org.thalweg.autodiff.layer.spatial.NormPool;
import org.thalweg.autodiff.layer.spatial.Pad;
import org.thalweg.autodiff.layer.spatial.PixelShuffle;
import org.thalweg.autodiff.layer.spatial.RandomFlip;
import org.thalweg.autodiff.layer.spatial.RandomShift;
import org.thalweg.autodiff.layer.spatial.SpatialLayer;
import org.thalweg.autodiff.layer.spatial.TransposedConvolution;
import org.thalweg.autodiff.layer.spatial.Unfold;
import org.thalweg.autodiff.layer.spatial.Upsample;

/** Registers the layers and initializers of this package and those below it. */
public final class LayerPlugin implements Plugin {
    /** For the service loader. */
    public LayerPlugin() {}

    @Override
    public String id() {
        return "layers";
    }

    @Override
    public void register(Registrar registrar) {
        registrar.layer("dense", Dense.class);
        registrar.layer("embedding", Embedding.class);
        registrar.layer("flatten", Flatten.class);
        registrar.layer("reshape", Reshape.class);
        registrar.layer("permute", Permute.class);
        registrar.layer("dropout", Dropout.class);
        registrar.layer("spatial-dropout", SpatialDropout.class);
        registrar.layer("alpha-dropout", AlphaDropout.class);
        registrar.layer("sequential", Sequence.class);
        registrar.layer("residual", Residual.class);
        registrar.layer("parallel", Parallel.class);
        registrar.layer("graph", Graph.class);
        registrar.layer("input", Input.class);

        for (int axes = 1; axes <= 3; axes++) {
            spatial(registrar, "conv", axes, Convolution.class);
            spatial(registrar, "conv-transpose", axes, TransposedConvolution.class);
            spatial(registrar, "max-pool", axes, MaxPool.class);
            spatial(registrar, "avg-pool", axes, AveragePool.class);
            spatial(registrar, "lp-pool", axes, NormPool.class);
            spatial(registrar, "adaptive-avg-pool", axes, AdaptiveAveragePool.class);
            spatial(registrar, "adaptive-max-pool", axes, AdaptiveMaxPool.class);
        }
        registrar.layer("global-avg-pool", GlobalAveragePool.class);
        registrar.layer("global-max-pool", GlobalMaxPool.class);
        registrar.layer("pad", Pad.class);
        registrar.layer("upsample", Upsample.class);
        registrar.layer("pixel-shuffle", PixelShuffle.class);
        registrar.layer("channel-shuffle", ChannelShuffle.class);
        registrar.layer("unfold", Unfold.class);
        registrar.layer("fold", Fold.class);
        registrar.layer("local-response-norm", LocalResponseNorm.class);
        registrar.layer("random-flip", RandomFlip.class);
        registrar.layer("random-shift", RandomShift.class);

        registrar.layer("batch-norm", BatchNorm.class);
        registrar.layer("layer-norm", LayerNorm.class);
        registrar.layer("group-norm", GroupNorm.class);
        registrar.layer("instance-norm", InstanceNorm.class);
        registrar.layer("rms-norm", RmsNorm.class);

        registrar.layer("rnn", Rnn.class);
        registrar.layer("lstm", Lstm.class);
        registrar.layer("gru", Gru.class);

        registrar.layer("multi-head-attention", MultiHeadAttention.class);
        registrar.layer("transformer-encoder-layer", TransformerEncoderLayer.class);
        registrar.layer("transformer-decoder-layer", TransformerDecoderLayer.class);
        registrar.layer("transformer-encoder", TransformerStack.class);
        registrar.layer("transformer-decoder", TransformerStack.class);
        registrar.layer("sinusoidal-positions", SinusoidalPositions.class);
        registrar.layer("learned-positions", LearnedPositions.class);

        registrar.layer("identity", Identity.class);
        registrar.layer("relu", Relu.class);
        registrar.layer("relu6", Relu6.class);
        registrar.layer("leaky-relu", LeakyRelu.class);
        registrar.layer("prelu", Prelu.class);
        registrar.layer("rrelu", RandomRelu.class);
        registrar.layer("threshold", Threshold.class);
        registrar.layer("elu", Elu.class);
        registrar.layer("selu", Selu.class);
        registrar.layer("celu", Celu.class);
        registrar.layer("gelu", Gelu.class);
        registrar.layer("glu", Glu.class);
        registrar.layer("silu", Silu.class);
        registrar.layer("mish", Mish.class);
        registrar.layer("sigmoid", Sigmoid.class);
        registrar.layer("log-sigmoid", LogSigmoid.class);
        registrar.layer("tanh", Tanh.class);
        registrar.layer("softplus", Softplus.class);
        registrar.layer("softsign", Softsign.class);
        registrar.layer("hardtanh", HardTanh.class);
        registrar.layer("hardsigmoid", HardSigmoid.class);
        registrar.layer("hardswish", HardSwish.class);
        registrar.layer("hardshrink", HardShrink.class);
        registrar.layer("softshrink", SoftShrink.class);
        registrar.layer("tanhshrink", TanhShrink.class);
        registrar.layer("softmax", Softmax.class);
        registrar.layer("softmin", Softmin.class);
        registrar.layer("log-softmax", LogSoftmax.class);

        registrar.initializer("zeros", Zeros.class);
        registrar.initializer("ones", Ones.class);
        registrar.initializer("constant", Constant.class);
        registrar.initializer("uniform", Uniform.class);
        registrar.initializer("normal", Normal.class);
        registrar.initializer("truncated-normal", TruncatedNormal.class);
        registrar.initializer("xavier-uniform", XavierUniform.class);
        registrar.initializer("xavier-normal", XavierNormal.class);
        registrar.initializer("he-uniform", HeUniform.class);
        registrar.initializer("he-normal", HeNormal.class);
        registrar.initializer("lecun-uniform", LecunUniform.class);
        registrar.initializer("lecun-normal", LecunNormal.class);
        registrar.initializer("orthogonal", Orthogonal.class);
        registrar.initializer("eye", Eye.class);
        registrar.initializer("dirac", Dirac.class);
        registrar.initializer("sparse", Sparse.class);
    }

    /** The same layer for one number of spatial axes, as {@code conv2d}. */
    private static <S extends Record & Layer> void spatial(Registrar registrar, String family, int axes, Class<S> layer) {
        String name = family + axes + "d";
        registrar.register(Layer.class, name, layer, settings -> new SpatialLayer(name, axes, settings));
    }
}
