package org.thalweg.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.app.plugin.PluginRegistry;

/** Makes one plugin from its name and from settings such as {@code units=4}, without a file. */
public final class PluginReader {
    private PluginReader() {}

    /**
     * Makes a plugin.
     *
     * @param kind as {@code Layer.class}
     * @param name that is registered
     * @param settings as {@code units=4}, applied in order
     * @param environment what {@code ${NAME}} stands for
     * @param plugins what can be named
     * @throws ConfigurationException with everything that is wrong
     */
    public static <T> T read(Class<T> kind, String name, List<String> settings, Map<String, String> environment, PluginRegistry plugins) {
        List<ConfigurationProblem> problems = new ArrayList<>();
        ConfigurationTree tree = new ConfigurationTree(Place.option(name));
        tree.root().put("type", name);
        Overrides changes = new Overrides(tree, new Substitution(environment), problems::add);
        settings.forEach(changes::apply);
        T made = plugins.resolve(kind, tree.root(), "",
                problem -> problems.add(new ConfigurationProblem(tree.valueAt(problem.path()), problem.path(), problem.message())));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return made;
    }
}
