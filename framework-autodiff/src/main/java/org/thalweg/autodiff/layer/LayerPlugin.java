package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Sequence;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;

/** Registers everything in this package. */
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
        registrar.layer("flatten", Flatten.class);
        registrar.layer("dropout", Dropout.class);
        registrar.layer("sequential", Sequence.class);
        registrar.layer("residual", Residual.class);

        registrar.layer("identity", Identity.class);
        registrar.layer("relu", Relu.class);
        registrar.layer("leaky-relu", LeakyRelu.class);
        registrar.layer("elu", Elu.class);
        registrar.layer("gelu", Gelu.class);
        registrar.layer("silu", Silu.class);
        registrar.layer("sigmoid", Sigmoid.class);
        registrar.layer("tanh", Tanh.class);
        registrar.layer("softplus", Softplus.class);
        registrar.layer("softmax", Softmax.class);
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
    }
}
