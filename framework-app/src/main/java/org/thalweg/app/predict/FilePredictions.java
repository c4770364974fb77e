package org.thalweg.app.predict;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import org.thalweg.api.data.DataException;

/**
 * Answers the rows of a file in another file.
 *
 * @param format of both
 * @param delimiter between two values of a line
 * @param choice which columns go into the model
 * @param answers of the model
 * @param scores whether the probabilities or scores of all classes are wanted
 */
public record FilePredictions(Format format, char delimiter, FeatureChoice choice, Answers answers, boolean scores) {
    /** What a file is, which its name's end says. */
    public enum Format {
        /** Comma-separated values. */
        CSV,
        /** A JSON value a line. */
        JSON_LINES
    }

    /** The format of two files, which must have one. */
    public static Format format(Path input, Path output) {
        Format read = format(input);
        if (format(output) != read) {
            throw new DataException(output + " must be of the format of " + input + ": give both the same ending");
        }
        return read;
    }

    private static Format format(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return Format.CSV;
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return Format.JSON_LINES;
        }
        throw new DataException(file + " is of no format that predict knows: its name must end in .csv, .jsonl or .ndjson");
    }

    /** Reads one file and writes the other, which appears only when it is complete; the number of rows. */
    public long copy(Path input, Path output) throws IOException {
        Path folder = output.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + ": make it, or name another output file");
        }
        if (Files.isDirectory(output)) {
            throw new IOException(output + " is a folder: name a file");
        }
        if (Files.isDirectory(input)) {
            throw new IOException(input + " is a folder: name a file with rows to answer");
        }
        if (Files.notExists(input)) {
            throw new IOException("there is no file " + input + ": name one with rows to answer");
        }
        // Not a temporary file: those can be read by their owner alone, and would pass that on.
        Path aside = folder.resolve("." + output.getFileName() + "-" + UUID.randomUUID() + ".part");
        try (BufferedReader in = Files.newBufferedReader(input)) {
            long rows;
            try (BufferedWriter out = create(aside, output)) {
                rows = copy(input.toString(), in, out);
            }
            Files.move(aside, output, StandardCopyOption.REPLACE_EXISTING);
            return rows;
        } catch (CharacterCodingException e) {
            throw new DataException(input + " is not text in UTF-8: save it in that encoding", e);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static BufferedWriter create(Path aside, Path output) throws IOException {
        try {
            return Files.newBufferedWriter(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileSystemException e) {
            throw new IOException(output + " cannot be written: " + (e.getReason() == null ? "its folder takes no new files" : e.getReason())
                    + "; name another output file", e);
        }
    }

    private long copy(String file, BufferedReader in, Writer out) throws IOException {
        return format == Format.CSV
                ? new CsvPredictions(file, delimiter, choice, answers, scores).copy(in, out)
                : new JsonPredictions(file, choice, answers, scores).copy(in, out);
    }
}
