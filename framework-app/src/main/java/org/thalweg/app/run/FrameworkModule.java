package org.thalweg.app.run;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.OptionalBinder;
import java.util.function.IntFunction;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.CpuBackend;

/** The framework's bindings, for the command line and for an embedder's own injector. */
public final class FrameworkModule extends AbstractModule {
    private final PluginRegistry plugins;
    private final IntFunction<Backend> backend;

    /** Bindings over a set of plugins; whoever loaded them closes them. */
    public FrameworkModule(PluginRegistry plugins) {
        this(plugins, CpuBackend::new);
    }

    /**
     * The same with another backend.
     *
     * @param backend what computes a training, given the number of threads
     */
    public FrameworkModule(PluginRegistry plugins, IntFunction<Backend> backend) {
        this.plugins = plugins;
        this.backend = backend;
    }

    /** Makes an injector refuse whatever is not bound explicitly. Apart from the bindings, since it is for the embedder to choose. */
    public static Module strict() {
        return binder -> {
            binder.requireExplicitBindings();
            binder.requireAtInjectOnConstructors();
            binder.requireExactBindingAnnotations();
            binder.disableCircularProxies();
        };
    }

    @Override
    protected void configure() {
        bind(PluginRegistry.class).toInstance(plugins);
        // Tests and embedders replace it with setBinding(). An instance, since Guice makes objects in a way that Java warns of.
        OptionalBinder.newOptionalBinder(binder(), Trainer.class).setDefault().toInstance(new PipelineTrainer(plugins, backend));
    }
}
