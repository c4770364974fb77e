package org.thalweg.app.plugin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.api.settings.Setting;

/** Takes down what one plugin registers, and checks each registration by itself. */
final class PluginRegistrar implements Registrar {
    private final String plugin;
    private final String origin;
    private final List<Registration> registrations = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    PluginRegistrar(String plugin, String origin) {
        this.plugin = plugin;
        this.origin = origin;
    }

    List<Registration> registrations() {
        return registrations;
    }

    List<String> problems() {
        return problems;
    }

    @Override
    public <T, S extends Record> void register(Class<T> type, String name, Class<S> settings, Function<? super S, ? extends T> factory) {
        String source = "plugin '" + plugin + "' (" + origin + ")";
        PluginKind kind = PluginKind.of(type).orElse(null);
        if (kind == null) {
            problems.add(source + " registers '" + name + "' as " + type.getName() + ", which is not a kind of plugin: use one of "
                    + Arrays.stream(PluginKind.values()).map(k -> k.type().getSimpleName()).collect(Collectors.joining(", ")));
        } else if (!KebabCase.matches(name)) {
            problems.add(source + " registers " + kind.label() + " '" + name + "', which is not kebab-case: " + KebabCase.remedy(name));
        } else if (Setting.of(settings).stream().map(Setting::name).anyMatch(kind.reserved()::contains)) {
            String setting = Setting.of(settings).stream().map(Setting::name).filter(kind.reserved()::contains).findFirst().orElseThrow();
            problems.add(source + " registers " + kind.label() + " '" + name + "' with a setting called '" + setting + "', which is reserved for "
                    + (setting.equals("type") ? "the name" : "groups of parameters") + ": rename it in " + settings.getName());
        } else if (!taken.add(kind + " " + name)) {
            problems.add(source + " registers " + kind.label() + " '" + name + "' twice: the first counts; remove the second");
        } else {
            registrations.add(new Registration(kind, name, settings, made -> factory.apply(settings.cast(made)), plugin, origin));
        }
    }
}
