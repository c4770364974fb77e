package org.thalweg.app.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that is wrong; holds every problem, by place. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationProblem> problems;

    /** With all problems, at least one. */
    public ConfigurationException(List<ConfigurationProblem> problems) {
        this.problems = problems.stream().sorted(Comparator.comparing(ConfigurationProblem::place)).toList();
    }

    /** The problems, from the top of the file to its end. */
    public List<ConfigurationProblem> problems() {
        return problems;
    }

    /** All problems, one a line. */
    @Override
    public String getMessage() {
        return problems.stream().map(ConfigurationProblem::toString).collect(Collectors.joining("\n"));
    }
}
