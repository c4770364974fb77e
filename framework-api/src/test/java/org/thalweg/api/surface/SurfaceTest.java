package org.thalweg.api.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.optim.Objective;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.api.settings.References;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.Tensor;

/** Plugins are compiled against this module: what they see changes only on purpose. */
class SurfaceTest {
    private static final Path AGREED = Path.of("src/test/resources/org/thalweg/api/surface/public-api.txt");
    private static final String ACCEPT = "thalweg.api.accept";
    private static final Set<String> IMPLEMENTED_BY_THE_FRAMEWORK = Stream.of(
                    Tensor.class, LayerContext.class, State.class, Step.class, Objective.class, Registrar.class, References.class, CustomOp.Values.class)
            .map(Class::getName).collect(Collectors.toUnmodifiableSet());

    @Test
    void thePublicApiIsTheOneThatWasAgreedOn() throws IOException, URISyntaxException {
        List<String> now = PublicTypes.all().stream().flatMap(type -> Surface.of(type).stream()).toList();
        if (Boolean.getBoolean(ACCEPT)) {
            Files.write(AGREED, now);
        }
        SurfaceChange change = SurfaceChange.between(Files.readAllLines(AGREED), now, IMPLEMENTED_BY_THE_FRAMEWORK);
        if (!change.isNone()) {
            fail(change.report("mvn test -pl framework-api -Dtest=SurfaceTest -D" + ACCEPT + "=true, and commit framework-api/" + AGREED));
        }
    }

    /** As a type of an older version would be described, and of a newer one. */
    interface Rule {
        double rate();

        default <T extends Number> List<T> all(Class<T> type) throws IOException {
            return List.of();
        }
    }

    private static final String RULE = Rule.class.getName() + ": ";
    private static final List<String> SURFACE = List.of(
            RULE + "interface", RULE + "abstract double rate()", RULE + "default <T extends Number> List<T> all(Class<T>) throws java.io.IOException");

    @Test
    void aTypeIsDescribedByItsMembers() {
        assertEquals(SURFACE, Surface.of(Rule.class));
        assertEquals("org.thalweg.api.tensor.CustomOp: @Stable interface", Surface.of(CustomOp.class).getFirst());
    }

    @Test
    void whatIsGoneAndWhatIsNewIsNamed() {
        List<String> before = List.of(RULE + "interface", RULE + "abstract float rate()", SURFACE.get(2));
        SurfaceChange change = SurfaceChange.between(before, SURFACE, Set.of());
        assertEquals(List.of(RULE + "abstract float rate()"), change.removed());
        assertEquals(List.of(RULE + "abstract double rate()"), change.added());
        String report = change.report("this");
        assertTrue(report.contains("\n- " + RULE + "abstract float rate()\n+ " + RULE + "abstract double rate()\n"), report);
        assertTrue(report.endsWith("accept it with this"), report);
    }

    @Test
    void aMethodAddedToAnInterfaceThatAuthorsImplementMustBeDefault() {
        List<String> before = List.of(SURFACE.get(0), SURFACE.get(2));
        SurfaceChange change = SurfaceChange.between(before, SURFACE, Set.of());
        assertEquals(List.of(SURFACE.get(1)), change.burdens());
        assertTrue(change.report("this").contains("give it a default"), change.report("this"));
        assertEquals(List.of(), SurfaceChange.between(before, SURFACE, Set.of(Rule.class.getName())).burdens());
        assertEquals(List.of(), SurfaceChange.between(List.of(SURFACE.get(0), SURFACE.get(1)), SURFACE, Set.of()).burdens());
        assertEquals(List.of(), SurfaceChange.between(List.of(), SURFACE, Set.of()).burdens());
    }
}
