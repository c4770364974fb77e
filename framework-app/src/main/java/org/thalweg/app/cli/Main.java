package org.thalweg.app.cli;

import com.google.inject.Module;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The entry of the command line. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process. */
    public static void main(String[] arguments) {
        bypassFilter();
        configureLogging();
        System.exit(run(Console.ofProcess(), arguments));
    }

    /**
     * Runs a command.
     *
     * @param bindings added to those of the framework
     * @return the exit code
     */
    static int run(Console console, String[] arguments, Module... bindings) {
        Thalweg thalweg = new Thalweg();
        CommandLine commands = new CommandLine(thalweg)
                .addSubcommand(new TrainCommand(console, bindings))
                .addSubcommand(new EvaluateCommand(console))
                .addSubcommand(new PredictCommand(console))
                .addSubcommand(new ValidateCommand(console))
                .addSubcommand(new SummaryCommand(console))
                .addSubcommand(new BaselineCommand(console))
                .addSubcommand(new PluginsCommand(console))
                .addSubcommand(new DescribeCommand(console))
                .addSubcommand(new SchemaCommand(console))
                .addSubcommand(new CompletionCommand(console))
                .addSubcommand(ExplainCommand.commandLine(console))
                .addSubcommand(new GradcheckCommand(console))
                .addSubcommand(new ConformanceCommand(console))
                .addSubcommand(new CompareCommand(console))
                .addSubcommand(new SweepCommand(console, bindings))
                .setOut(new PrintWriter(console.out(), true))
                .setErr(new PrintWriter(console.err(), true))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(console.columns())
                .setParameterExceptionHandler((mistake, given) -> usageMistake(console, mistake))
                .setExecutionExceptionHandler((failure, command, result) -> report(failure, thalweg, console));
        try {
            return commands.execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError error) {
            // The library handles exceptions alone; a plugin that does not link is not worth a stack trace either.
            return report(error, thalweg, console);
        }
    }

    private static int report(Throwable failure, Thalweg thalweg, Console console) {
        if (thalweg.debug) {
            failure.printStackTrace(console.err());
        }
        return Failure.report(failure, console.err());
    }

    private static int usageMistake(Console console, ParameterException mistake) {
        String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
        String sentence = mistake.getMessage().replaceAll("\\s*\\n\\s*", " ");
        console.err().println(command + ": " + sentence + "; '" + command + " --help' shows how to use it");
        return ExitCode.WRONG_INPUT;
    }

    /** Under a name of its own, so that a program that has this jar on its class path keeps its own configuration. */
    private static void configureLogging() {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "META-INF/thalweg-logback.xml");
        }
    }

    /**
     * The launcher filters what the JVM itself says at its start, and passes the real standard error on as another descriptor. Using that keeps
     * our messages out of the filter, so that none comes after the end of the process. Opening it by name would not do: in a file it would
     * write at a position of its own.
     */
    private static void bypassFilter() {
        Integer real = Integer.getInteger("thalweg.stderr");
        if (real != null) {
            try {
                Constructor<FileDescriptor> descriptor = FileDescriptor.class.getDeclaredConstructor(int.class);
                descriptor.setAccessible(true);
                System.setErr(new PrintStream(new FileOutputStream(descriptor.newInstance(real)), true, System.err.charset()));
            } catch (ReflectiveOperationException | InaccessibleObjectException e) {
                // A Java that keeps this closed: the filter passes everything on as well, only a little later.
            }
        }
    }
}
