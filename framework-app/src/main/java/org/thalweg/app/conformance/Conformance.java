package org.thalweg.app.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.thalweg.api.data.DataException;
import org.thalweg.app.conformance.CaseResult.Verdict;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.CpuBackend;
import org.thalweg.autodiff.reference.ReferenceBackend;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs files of cases through the registered plugins, in FLOAT64. A file is {@code {"cases": [...]}}; what a case is about is told by its fields.
 *
 * <p>A case holds options under PyTorch's names, see the table {@code TorchNames}; of plugins that are not in the table, under the names of their
 * settings.
 */
public final class Conformance {
    private final PluginRegistry registry;
    private final IntFunction<Backend> backends;

    private Conformance(PluginRegistry registry, IntFunction<Backend> backends) {
        this.registry = registry;
        this.backends = backends;
    }

    /** Computes as a training does. */
    public static Conformance compiled(PluginRegistry registry) {
        return new Conformance(registry, CpuBackend::new);
    }

    /** Computes with the reference evaluator. */
    public static Conformance reference(PluginRegistry registry) {
        return new Conformance(registry, threads -> new ReferenceBackend());
    }

    /**
     * Runs every case of a file.
     *
     * @param results receives each result, in order
     * @throws DataException where the file is not of the form
     * @throws IOException where it cannot be read
     */
    public void run(Path file, Consumer<CaseResult> results) throws IOException {
        JsonNode cases = cases(file);
        try (Backend backend = backends.apply(1)) {
            CaseContext context = new CaseContext(registry, backends, backend);
            for (int number = 0; number < cases.size(); number++) {
                results.accept(run(new GoldenCase(file.getFileName().toString(), number, cases.get(number)), context));
            }
        }
    }

    private static JsonNode cases(Path file) throws IOException {
        String content = Files.readString(file);
        try {
            JsonNode cases = new JsonMapper().readTree(content).get("cases");
            if (cases == null || !cases.isArray() || !cases.valueStream().allMatch(JsonNode::isObject)) {
                throw new DataException(file + " holds no cases: it must be {\"cases\": [{...}, ...]}");
            }
            return cases;
        } catch (JacksonException e) {
            throw new DataException(file + " is not JSON: line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
        }
    }

    private static CaseResult run(GoldenCase golden, CaseContext context) throws IOException {
        CaseForm form = CaseForm.of(golden);
        String name = form == null ? "?" : golden.text(form.nameField());
        try {
            if (form == null) {
                throw new UnsupportedCaseException("what it is about is not known: it has none of the fields " + CaseForm.fields());
            }
            Optional<String> difference = form.runner().run(golden, context);
            Verdict verdict = difference.isEmpty() ? Verdict.PASSED : Verdict.FAILED;
            return new CaseResult(golden.file(), golden.number(), name, verdict, difference.orElse(""));
        } catch (UnsupportedCaseException e) {
            return new CaseResult(golden.file(), golden.number(), name, Verdict.UNSUPPORTED, e.getMessage());
        } catch (MalformedCaseException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            // Whatever a plugin does, the other cases are still worth running.
            return new CaseResult(golden.file(), golden.number(), name, Verdict.FAILED, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /** How many cases ended how, as in {@code 3 passed, 1 failed, 0 unsupported}. */
    public static String summary(Map<Verdict, Integer> counts) {
        return counts.getOrDefault(Verdict.PASSED, 0) + " passed, " + counts.getOrDefault(Verdict.FAILED, 0) + " failed, "
                + counts.getOrDefault(Verdict.UNSUPPORTED, 0) + " unsupported";
    }
}
