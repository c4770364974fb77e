package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Setting;

class DataPluginTest {
    @Test
    @DisplayName("is found through ServiceLoader")
    void found() {
        // The module provides plugins and looks for none, so that only this test needs the right to look.
        DataPlugin.class.getModule().addUses(Plugin.class);
        List<Class<?>> found = ServiceLoader.load(Plugin.class).stream().<Class<?>>map(ServiceLoader.Provider::type).toList();
        assertTrue(found.contains(DataPlugin.class), found::toString);
    }

    @Test
    @DisplayName("is in a named module on the module path, and in none on the class path")
    void bothPaths() {
        String path = System.getProperty("thalweg.test.path");
        assumeTrue(path != null, "only the build says which path it tests");
        assertEquals(path.equals("module"), DataPlugin.class.getModule().isNamed());
    }

    @Test
    @DisplayName("registers its data sources and transforms by name")
    void registers() {
        assertEquals(
                "{DataSource bundled=Bundled, DataSource csv=Csv, DataSource fashion-mnist=FashionMnist, DataSource idx=Idx, "
                        + "DataSource inline=Inline, DataSource mnist=Mnist, DataSource select=Select, DataSource split=SplitPart, DataSource strips=Strips, "
                        + "DataSource synthetic=Synthetic, DataSource text=Text, DataSource triplets=Triplets, "
                        + "Transform fill-missing=FillMissing, Transform normalise=Normalise, Transform one-hot=OneHot, "
                        + "Transform scale=Scale, Transform standardise=Standardise}",
                simpleNames(registered()).toString());
        assertEquals("data", new DataPlugin().id());
    }

    @Test
    @DisplayName("describes every setting")
    void describes() {
        registered().values().forEach(record -> {
            assertNotNull(record.getAnnotation(Description.class), record.getName());
            for (Setting setting : Setting.of(record.asSubclass(Record.class))) {
                assertFalse(setting.description().isEmpty(), record.getName() + "." + setting.name());
            }
        });
    }

    private static TreeMap<String, Class<?>> registered() {
        TreeMap<String, Class<?>> registered = new TreeMap<>();
        new DataPlugin().register(new Registrar() {
            @Override
            public <T, S extends Record> void register(
                    Class<T> kind, String name, Class<S> settings, Function<? super S, ? extends T> factory) {
                registered.put(kind.getSimpleName() + " " + name, settings);
            }
        });
        return registered;
    }

    private static TreeMap<String, String> simpleNames(TreeMap<String, Class<?>> registered) {
        TreeMap<String, String> names = new TreeMap<>();
        registered.forEach((name, record) -> names.put(name, record.getSimpleName()));
        return names;
    }
}
