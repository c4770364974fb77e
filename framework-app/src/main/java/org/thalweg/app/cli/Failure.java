package org.thalweg.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.thalweg.api.data.DataException;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.app.config.ConfigurationException;

/** Says in a sentence what an exception means, and which exit code it deserves. */
final class Failure {
    private Failure() {}

    /** Whether the input is to blame: the configuration, the data, or a model that does not fit the data. */
    static boolean isInput(Throwable failure) {
        return failure instanceof ConfigurationException || failure instanceof DataException || failure instanceof ShapeException;
    }

    /** Reports what ended a command outside of training. */
    static int report(Throwable failure, PrintStream err) {
        if (isInput(failure) || failure instanceof IOException) {
            err.println(sentence(failure));
            return ExitCode.WRONG_INPUT;
        }
        err.println("this should not happen: " + sentence(failure) + "; --debug shows where");
        return ExitCode.FAILED;
    }

    static String sentence(Throwable failure) {
        return switch (failure) {
            case UncheckedIOException unchecked when unchecked.getMessage().equals(unchecked.getCause().toString()) -> sentence(unchecked.getCause());
            case UncheckedIOException unchecked -> unchecked.getMessage();
            case NoSuchFileException missing -> "there is no file " + missing.getFile();
            case FileSystemException file -> file.getFile() + " cannot be used: "
                    + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason());
            case OutOfMemoryError memory -> "the memory is full (" + memory.getMessage()
                    + "): choose a smaller batch, or give more with THALWEG_JAVA_OPTIONS=-Xmx8g";
            case IOException _, DataException _, ShapeException _, ConfigurationException _ -> String.valueOf(failure.getMessage());
            // What a plugin refuses is said in its own sentence.
            case IllegalArgumentException refused when refused.getMessage() != null -> refused.getMessage();
            default -> failure.getClass().getSimpleName() + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
        };
    }
}
