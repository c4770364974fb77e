package org.thalweg.app.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.thalweg.api.settings.References;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.api.settings.Suggestion;

/** Everything that a set of plugins offers, by kind and name. Immutable; makes plugins from what configurations say. */
public final class PluginRegistry implements References {
    private static final String TYPE = "type";

    private final Map<PluginKind, Map<String, Registration>> registrations = new EnumMap<>(PluginKind.class);
    /** Names that two plugins claim: neither is used, because the choice would be an accident of the class path. */
    private final Map<PluginKind, Map<String, String>> contested = new EnumMap<>(PluginKind.class);
    private final Map<String, LoadedPlugin> plugins = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Lets every plugin register. What is wrong with one keeps it out, not the others; see {@link #problems()}. */
    public PluginRegistry(Collection<LoadedPlugin> loaded) {
        for (PluginKind kind : PluginKind.values()) {
            registrations.put(kind, new TreeMap<>());
            contested.put(kind, new TreeMap<>());
        }
        loaded.forEach(this::add);
    }

    /** What is wrong with the plugins: one sentence each, with the plugin, its jar and the remedy. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The plugins in use by id. */
    public Map<String, LoadedPlugin> plugins() {
        return Collections.unmodifiableMap(plugins);
    }

    /** What can be named in a kind, in alphabetical order. */
    public List<Registration> registrations(PluginKind kind) {
        return List.copyOf(registrations.get(kind).values());
    }

    /** What a name stands for. */
    public Optional<Registration> find(PluginKind kind, String name) {
        return Optional.ofNullable(registrations.get(kind).get(name));
    }

    /** What to say where a name is not registered. */
    public String unknown(PluginKind kind, String name) {
        String claim = contested.get(kind).get(name);
        return claim != null
                ? claim
                : "no " + kind.label() + " is called '" + name + "'; " + Suggestion.forName(name, registrations.get(kind).keySet());
    }

    @Override
    public boolean isKind(Class<?> type) {
        return PluginKind.of(type).isPresent();
    }

    @Override
    public <T> T resolve(Class<T> type, Object value, String path, Consumer<SettingsProblem> found) {
        PluginKind kind = PluginKind.of(type).orElseThrow(() -> new IllegalArgumentException(type + " is not a kind of plugin"));
        Object name = value instanceof Map<?, ?> map ? map.get(TYPE) : value;
        if (!(name instanceof String text)) {
            found.accept(new SettingsProblem(path, missingName(kind, value)));
            return null;
        }
        Registration registration = registrations.get(kind).get(text);
        if (registration == null) {
            found.accept(new SettingsProblem(value instanceof Map ? path + "." + TYPE : path, unknown(kind, text)));
            return null;
        }
        Map<Object, Object> settings = new LinkedHashMap<>(value instanceof Map<?, ?> map ? map : Map.of());
        settings.remove(TYPE);
        return type.cast(make(registration, settings, path, found));
    }

    private String missingName(PluginKind kind, Object value) {
        String available = "; " + Suggestion.forName("", registrations.get(kind).keySet());
        String form = "{" + TYPE + ": NAME, ...}";
        return value instanceof Map<?, ?> map && !map.containsKey(TYPE)
                ? "says not which " + kind.label() + " it is: write " + form + available
                : "must be the name of " + kind.one() + " or " + form + available;
    }

    private Object make(Registration registration, Map<?, ?> values, String path, Consumer<SettingsProblem> found) {
        try (PluginContext _ = PluginContext.of(registration.settings())) {
            Record settings = Settings.bind(registration.settings(), values, path, this, found);
            if (settings == null) {
                return null;
            }
            Object made = registration.factory().apply(settings);
            if (registration.kind().type().isInstance(made)) {
                return made;
            }
            found.accept(new SettingsProblem(path, failure(registration, "its factory did not return " + registration.kind().one())));
        } catch (IllegalArgumentException e) {
            found.accept(new SettingsProblem(path, e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            found.accept(new SettingsProblem(path, failure(registration, PluginFailure.sentence(e))));
        }
        return null;
    }

    private static String failure(Registration registration, String what) {
        return registration.kind().label() + " '" + registration.name() + "' of " + registration.source() + " failed: " + what;
    }

    private void add(LoadedPlugin loaded) {
        String id;
        PluginRegistrar registrar;
        try (PluginContext _ = PluginContext.of(loaded.plugin().getClass())) {
            id = loaded.plugin().id();
            if (!KebabCase.matches(id)) {
                problems.add("the plugin in " + loaded.origin() + " has the id '" + id + "', which is not kebab-case: " + KebabCase.remedy(id));
                return;
            }
            if (plugins.containsKey(id)) {
                problems.add("the plugin id '" + id + "' is used twice, in " + plugins.get(id).origin() + " and in " + loaded.origin()
                        + ": the second was left out; remove one of the two, or give it another id");
                return;
            }
            registrar = new PluginRegistrar(id, loaded.origin());
            loaded.plugin().register(registrar);
        } catch (RuntimeException | LinkageError e) {
            problems.add("the plugin " + loaded.plugin().getClass().getName() + " (" + loaded.origin() + ") failed while it registered and was left out: "
                    + PluginFailure.sentence(e));
            return;
        }
        plugins.put(id, loaded);
        problems.addAll(registrar.problems());
        registrar.registrations().forEach(this::add);
    }

    private void add(Registration registration) {
        Map<String, Registration> named = registrations.get(registration.kind());
        Registration earlier = named.get(registration.name());
        if (earlier == null && !contested.get(registration.kind()).containsKey(registration.name())) {
            named.put(registration.name(), registration);
            return;
        }
        String first = earlier == null ? "others" : earlier.source();
        String problem = registration.kind().label() + " '" + registration.name() + "' is registered twice, by " + first + " and by "
                + registration.source() + ": neither is used; remove one of the two, or rename it there";
        named.remove(registration.name());
        contested.get(registration.kind()).putIfAbsent(registration.name(), problem);
        problems.add(problem);
    }
}
