package org.thalweg.app.config;

import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * A configuration as YAML that reads the same again. Variables stand there by their names, not by their values, which may be secrets; every
 * other <code>${</code> as the reader must find it, so that it is not taken for a variable.
 */
public final class ConfigurationText {
    /** What needs no quotes, unless it looks like a number or the like. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_]([A-Za-z0-9_./ -]*[A-Za-z0-9_./-])?");

    private ConfigurationText() {}

    /** The text of settings as they were {@linkplain LoadedConfiguration#written() written}. */
    public static String of(Map<String, Object> tree) {
        DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSplitLines(false).build();
        return new Dump(settings, new Scalars(settings)).dumpToString(tree);
    }

    private static final class Scalars extends StandardRepresenter {
        private final ScalarResolver resolver;

        Scalars(DumpSettings settings) {
            super(settings);
            resolver = settings.getSchema().getScalarResolver();
            representers.put(String.class, text -> text((String) text));
            representers.put(ConfigurationTree.Written.class, written -> scalar((ConfigurationTree.Written) written));
        }

        private Node scalar(ConfigurationTree.Written scalar) {
            // The library has a tag of its own for variables, and would set quotes around one that is tagged as a text.
            return scalar.plain()
                    ? representScalar(resolver.resolve(scalar.text(), true), scalar.text(), ScalarStyle.PLAIN)
                    : representScalar(Tag.STR, scalar.text(), ScalarStyle.DOUBLE_QUOTED);
        }

        private Node text(String text) {
            boolean plain = PLAIN.matcher(text).matches() && CoreSchema.resolve(text) instanceof String;
            return representScalar(Tag.STR, text.replace("${", "$${"), plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
        }
    }
}
