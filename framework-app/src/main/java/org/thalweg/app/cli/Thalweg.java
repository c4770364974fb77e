package org.thalweg.app.cli;

import org.thalweg.app.run.ThalwegVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command above all commands. */
@Command(
        name = "thalweg",
        description = "Trains neural networks that are described in YAML.",
        versionProvider = Thalweg.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  thalweg train iris.yaml                       train, and tell how good the model is",
            "  thalweg train iris.yaml --set training.epochs=5 --set optimizer.learningRate=0.01",
            "  thalweg sweep rates.yaml                      train with many settings, and tell which are best",
            "  thalweg compare optimizers.yaml               pictures of how optimizers go down surfaces",
            "  thalweg evaluate runs/iris-20260101-120000    how good a trained model is",
            "  thalweg predict RUN --input a.csv --output b.csv",
            "  thalweg validate iris.yaml                    find every mistake without training",
            "  thalweg summary iris.yaml                     the layers, their shapes and what they cost",
            "  thalweg baseline char-lstm.yaml               the bits per character that a model of text must beat",
            "  thalweg plugins                               what can be named in a configuration",
            "  thalweg describe optimizer adam               what adam does and how to set it",
            "  thalweg schema > thalweg.schema.json          what editors complete and check configurations with",
            "  thalweg explain '(x+y)*z' --at x=-2,y=5,z=-4  the graph of a formula, with values and gradients",
            "  thalweg gradcheck layer dense --set units=5   whether the gradients of a layer or loss are right",
            "",
            "Exit codes: 0 done, 1 failed, 2 input wrong, 130 interrupted."
        })
final class Thalweg implements Runnable {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where in the code a failure came from.")
    boolean debug;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: train, evaluate, predict, summary, validate, plugins, describe, explain, gradcheck ...");
    }

    /** Tells the versions of framework and Java. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"thalweg " + ThalwegVersion.current() + " (Java " + Runtime.version() + ")"};
        }
    }
}
