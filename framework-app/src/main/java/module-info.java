/** One run, from file to result: plugins, configuration, run folders and the command line. */
module org.thalweg.app {
    requires transitive org.thalweg.api;
    requires transitive org.thalweg.autodiff;
    requires org.thalweg.data;
    // Guice is an automatic module and cannot say what it needs; without these lines the module path would lack them.
    requires com.google.common;
    requires jakarta.inject;
    requires java.desktop;
    requires org.objectweb.asm;
    requires transitive com.google.guice;
    requires de.siegmar.fastcsv;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;
    requires xchart;

    exports org.thalweg.app.compare;
    exports org.thalweg.app.config;
    exports org.thalweg.app.listener;
    exports org.thalweg.app.pipeline;
    exports org.thalweg.app.plugin;
    exports org.thalweg.app.run;
    exports org.thalweg.app.sweep;

    opens org.thalweg.app.cli to info.picocli;
    opens org.thalweg.app.run to com.google.guice;

    uses org.thalweg.api.plugin.Plugin;
}
