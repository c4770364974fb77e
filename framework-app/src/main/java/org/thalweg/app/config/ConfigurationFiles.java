package org.thalweg.app.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a file and those that it includes: {@code include: base.yaml}, or a list of names, relative to the file that includes them. They are
 * read first, in order, and what comes later wins: maps are merged, all else is replaced; so is a map whose {@code type} changes, since the
 * settings of one plugin mean nothing to another.
 */
final class ConfigurationFiles {
    static final String INCLUDE = "include";
    private static final int MOST_FILES = 100;

    private final SettingsFile<?> form;
    private final Substitution substitution;
    private final Consumer<ConfigurationProblem> problems;
    private final List<Path> open = new ArrayList<>();
    private int files;
    private boolean complete = true;

    ConfigurationFiles(SettingsFile<?> form, Substitution substitution, Consumer<ConfigurationProblem> problems) {
        this.form = form;
        this.substitution = substitution;
        this.problems = problems;
    }

    /** The settings of all files; empty where the file cannot be read. */
    ConfigurationTree read(Path file) {
        return read(file, new ConfigurationProblem(Place.option(file.toString()), "", ""));
    }

    /** Whether all files were read: if not, what lacks says nothing about the mistake. */
    boolean isComplete() {
        return complete;
    }

    private ConfigurationTree read(Path file, ConfigurationProblem asked) {
        String name = file.toString();
        ConfigurationTree own = new ConfigurationTree(new Place(name, 1, 1));
        String text = text(file, asked);
        if (text == null) {
            return own;
        }
        YamlReader.readFile(text, name, form.needs(), substitution, own, problems);
        if (!own.root().containsKey(INCLUDE)) {
            return own;
        }
        ConfigurationTree all = new ConfigurationTree(new Place(name, 1, 1));
        open.add(identity(file));
        include(file, own, all);
        open.removeLast();
        own.root().remove(INCLUDE);
        all.overlay(own);
        return all;
    }

    private void include(Path file, ConfigurationTree own, ConfigurationTree all) {
        Object names = own.root().get(INCLUDE);
        List<?> list = names instanceof List<?> several ? several : List.of(String.valueOf(names));
        for (int i = 0; i < list.size(); i++) {
            String path = names instanceof List ? INCLUDE + "[" + i + "]" : INCLUDE;
            ConfigurationProblem here = new ConfigurationProblem(own.valueAt(path), path, "");
            if (names instanceof List ? list.get(i) instanceof String : names instanceof String) {
                include(file, (String) list.get(i), here, all);
            } else {
                report(here, "must be the name of a file, or a list of names, as in 'include: base.yaml'");
            }
        }
    }

    private void include(Path file, String name, ConfigurationProblem here, ConfigurationTree all) {
        Path included;
        try {
            included = file.resolveSibling(name).normalize();
        } catch (InvalidPathException e) {
            report(here, "'" + name + "' cannot be the name of a file");
            return;
        }
        if (open.contains(identity(included))) {
            String circle = Stream.concat(open.stream(), Stream.of(identity(included))).map(one -> one.getFileName().toString()).collect(Collectors.joining(" -> "));
            report(here, "includes itself (" + circle + "): take one of these includes out");
        } else if (++files > MOST_FILES) {
            if (files == MOST_FILES + 1) {
                report(here, "includes more than " + MOST_FILES + " files in all: put them together");
            }
        } else {
            all.overlay(read(included, here));
        }
    }

    private static Path identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException notThere) {
            return file.toAbsolutePath().normalize();
        }
    }

    private String text(Path file, ConfigurationProblem asked) {
        boolean included = !asked.path().isEmpty();
        String subject = included ? file + " " : "";
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            report(asked, included
                    ? "there is no file " + file + ": a relative name starts from the folder of the file that includes it"
                    : "there is no such file: name a YAML file that describes " + form.describes());
        } catch (CharacterCodingException e) {
            report(asked, subject + "is not text in UTF-8: save it in that encoding");
        } catch (IOException e) {
            report(asked, subject + (Files.isDirectory(file) ? "is a folder: name a YAML file that describes " + form.describes() : "cannot be read: " + e.getMessage()));
        }
        return null;
    }

    private void report(ConfigurationProblem where, String message) {
        complete = false;
        problems.accept(new ConfigurationProblem(where.place(), where.path(), message));
    }
}
