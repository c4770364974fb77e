package org.thalweg.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Setting;

/** What every plugin promises of itself: it is announced on both paths, and all that it registers is named and described. */
public abstract class PluginContract {
    /** For subclasses. */
    protected PluginContract() {}

    /** The plugin. */
    protected abstract Plugin plugin();

    /** On the module path the framework reads module-info.java, on the class path META-INF/services: they must say the same. */
    @Test
    public void servicesFileAndModuleNameTheSamePlugins() throws IOException {
        Class<? extends Plugin> type = plugin().getClass();
        assertTrue(Registrations.services(type).contains(type.getName()),
                () -> "META-INF/services/" + Plugin.class.getName() + " must name " + type.getName());
        assertEquals(Registrations.services(type), Registrations.provides(type), "META-INF/services, and what module-info.java provides");
    }

    /** Names are kebab-case and each is registered once. */
    @Test
    public void namesAreKebabCaseAndRegisteredOnce() {
        assertTrue(isKebabCase(plugin().id()), () -> "the plugin's id '" + plugin().id() + "' is not kebab-case");
        Set<String> names = new HashSet<>();
        for (Registrations.Entry entry : Registrations.of(plugin()).entries()) {
            assertTrue(isKebabCase(entry.name()), () -> "'" + entry.name() + "' is not kebab-case");
            String place = entry.kind().getSimpleName() + " '" + entry.name() + "'";
            assertTrue(names.add(place), () -> place + " is registered twice");
        }
    }

    private static boolean isKebabCase(String name) {
        return name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    }

    /** What the command {@code describe} prints is there: for every settings record and every setting. */
    @Test
    public void everySettingIsDescribedAndEveryRecordPublic() {
        for (Registrations.Entry entry : Registrations.of(plugin()).entries()) {
            assertNotNull(entry.settings().getAnnotation(Description.class), () -> entry.name() + " has no @Description");
            assertTrue(Modifier.isPublic(entry.settings().getModifiers()), () -> entry.settings() + " is not public");
            Setting.of(entry.settings()).forEach(setting ->
                    assertFalse(setting.description().isEmpty(), () -> entry.name() + "." + setting.name() + " has no @Description"));
        }
    }
}
