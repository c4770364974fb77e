package org.thalweg.app.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.thalweg.api.settings.Setting;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.app.plugin.PluginKind;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.app.plugin.Registration;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.ElementArrays;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;

/**
 * What every case needs: the plugins, and something that computes.
 *
 * @param registry of the plugins
 * @param backends makes a backend for a number of threads
 * @param backend for what a case computes itself
 */
record CaseContext(PluginRegistry registry, IntFunction<Backend> backends, Backend backend) {
    /** Makes a plugin from PyTorch's options alone. */
    <T> T make(Class<T> kind, String name, Map<String, Translation> table, Map<String, Object> options) throws UnsupportedCaseException {
        return make(kind, name, table, Translation.Given.options(options));
    }

    /** Makes a plugin from PyTorch's options. A name, an option or a setting that does not exist makes the case unsupported. */
    <T> T make(Class<T> kind, String name, Map<String, Translation> table, Translation.Given given) throws UnsupportedCaseException {
        PluginKind pluginKind = PluginKind.of(kind).orElseThrow();
        Translation translation = table.get(name);
        String here = translation == null ? name : translation.here().orElse(name);
        Registration registration = registry.find(pluginKind, here)
                .orElseThrow(() -> new UnsupportedCaseException("no " + pluginKind.label() + " is called '" + name + "'"));
        Map<String, Object> settings = new LinkedHashMap<>(translation == null ? given.options() : translation.settings(given));
        List<String> known = Setting.of(registration.settings()).stream().map(Setting::name).toList();
        for (String setting : settings.keySet()) {
            if (!known.contains(setting)) {
                throw new UnsupportedCaseException(pluginKind.label() + " '" + here + "' has no setting '" + setting + "'");
            }
        }
        settings.put("type", here);
        List<SettingsProblem> problems = new ArrayList<>();
        T made = registry.resolve(kind, settings, pluginKind.label(), problems::add);
        if (made == null) {
            throw new UnsupportedCaseException(String.join("; ", problems.stream().map(SettingsProblem::toString).toList()));
        }
        return made;
    }

    /** Values of expressions, given those of the leaves. */
    List<double[]> values(List<Expression> outputs, Map<Expression, double[]> leaves) {
        Program program = backend.compile(Computation.of(outputs));
        leaves.forEach((leaf, values) -> program.bind(leaf, ElementArrays.of(leaf.dtype(), values)));
        program.run();
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            values.add(ElementArrays.toDoubles(program.output(i), (int) outputs.get(i).shape().size()));
        }
        return values;
    }
}
