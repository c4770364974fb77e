package org.thalweg.app.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that lets a shell complete commands. */
@Command(
        name = "completion",
        description = "Prints a script with which a shell completes commands and options.",
        footer = {
            "",
            "Examples:",
            "  source <(thalweg completion bash)                                   for this shell",
            "  thalweg completion bash > ~/.local/share/bash-completion/completions/thalweg",
            "",
            "zsh takes the same script after 'autoload -U +X bashcompinit && bashcompinit'."
        })
final class CompletionCommand implements Callable<Integer> {
    /** Whose scripts there are. */
    enum Shell {
        BASH,
        ZSH
    }

    private final Console console;

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(AutoComplete.bash("thalweg", spec.root().commandLine()));
        return ExitCode.DONE;
    }
}
