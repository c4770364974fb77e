package org.thalweg.api.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that are wrong; names every problem, not only the first. */
public class SettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<SettingsProblem> problems;

    /** With all problems, at least one. */
    public SettingsException(List<SettingsProblem> problems) {
        super(problems.stream().map(SettingsProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order in which the settings were read. */
    public List<SettingsProblem> problems() {
        return problems;
    }
}
