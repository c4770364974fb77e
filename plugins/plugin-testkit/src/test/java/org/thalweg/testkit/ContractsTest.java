package org.thalweg.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.data.Transform;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/** The contracts find what is broken, and nothing else. */
class ContractsTest {
    static class Optimizers extends OptimizerContract {
        @Override
        protected Plugin plugin() {
            return new Broken();
        }

        @Override
        protected Optional<String> exemption(String optimizer, Promise promise) {
            return optimizer.equals("restless") && promise == Promise.STAYS_WITHOUT_GRADIENT ? Optional.of("it never rests") : Optional.empty();
        }
    }

    static class Losses extends LossContract {
        @Override
        protected Plugin plugin() {
            return new Broken();
        }

        @Override
        protected Optional<String> exemption(String loss, Promise promise) {
            return promise == Promise.GRADIENT ? Optional.of(" ") : Optional.empty();
        }
    }

    static class Layers extends LayerContract {
        @Override
        protected Plugin plugin() {
            return new Broken();
        }
    }

    static class Itself extends PluginContract {
        @Override
        protected Plugin plugin() {
            return new Broken();
        }
    }

    static class Sources extends DataSourceContract {
        @Override
        protected Stream<DataSource> sources() {
            return Stream.of(context -> new Rows(3, 0), context -> new Rows(3, 1e-3f));
        }
    }

    static class Transforms extends TransformContract {
        @Override
        protected Stream<Transform> transforms() {
            return Stream.of(training -> data -> data);
        }

        @Override
        protected Dataset training() {
            return new Rows(3, 0);
        }

        @Override
        protected Dataset other() {
            return new Rows(5, 0);
        }
    }

    /** Row n holds n; single precision is wrong by so much. */
    record Rows(int size, float error) implements Dataset {
        @Override
        public Schema schema() {
            return new Schema(java.util.List.of(new Column("input", DType.FLOAT32, Shape.scalar())));
        }

        @Override
        public void read(int column, int[] rows, int from, int count, float[] target) {
            for (int i = 0; i < count; i++) {
                target[i] = rows[from + i] + error;
            }
        }

        @Override
        public void read(int column, int[] rows, int from, int count, double[] target) {
            for (int i = 0; i < count; i++) {
                target[i] = rows[from + i];
            }
        }

        @Override
        public void read(int column, int[] rows, int from, int count, int[] target) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void anOptimizerThatClimbsOrNeverRestsIsFound() {
        Outcome outcome = outcome(Optimizers.class);
        assertEquals(Set.of("convergesOnAQuadratic", "descendsIntoRosenbrocksValleyAndAlongIt"), outcome.failed("ascent"));
        assertEquals(Set.of("aLearningRateOfZeroMovesNothing"), outcome.failed("restless"));
        assertEquals(Set.of(), outcome.failed("descent"));
    }

    @Test
    void aPromiseThatIsSwitchedOffIsSkippedWithItsReason() {
        assertEquals(Set.of("it never rests"), outcome(Optimizers.class).skipped());
    }

    @Test
    void aLossThatBroadcastsOrIsNegativeIsFoundAndAReasonMustBeGiven() {
        Outcome outcome = outcome(Losses.class);
        String noReason = "theGradientIsTheCentralDifference";
        assertEquals(Set.of(noReason), outcome.failed("squares"));
        assertEquals(Set.of(noReason, "anInputOfAnotherShapeIsAnErrorThatNamesItAndTheLoss"), outcome.failed("broadcasting"));
        assertEquals(Set.of(noReason, "distancesAndCostsAreNotNegative"), outcome.failed("negative"));
    }

    @Test
    void aLayerThatMixesRowsIsNoisyOrHasAWrongDerivativeIsFound() {
        Outcome outcome = outcome(Layers.class);
        assertEquals(Set.of(), outcome.failed("double"));
        assertEquals(Set.of("aRowDoesNotDependOnTheOthersInEvaluation"), outcome.failed("across-rows"));
        assertTrue(outcome.failed("noisy").contains("evaluationIsRepeatableAndChangesNothing"), outcome.toString());
        assertEquals(Set.of("theGradientsAreCentralDifferences"), outcome.failed("wrong-derivative"));
    }

    @Test
    void aPluginThatIsNotAnnouncedAndNotDescribedIsFound() {
        assertEquals(
                Set.of("servicesFileAndModuleNameTheSamePlugins", "namesAreKebabCaseAndRegisteredOnce", "everySettingIsDescribedAndEveryRecordPublic"),
                outcome(Itself.class).failed(""));
    }

    @Test
    void aSourceWhoseTypesDisagreeIsFound() {
        assertEquals(Set.of("rowsAreTheSameHoweverTheyAreRead", "severalThreadsCanReadAtOnce"), outcome(Sources.class).failed(""));
    }

    @Test
    void aTransformThatCannotBeRestoredIsFound() {
        assertEquals(Set.of("whatIsRestoredFromTheLearnedNumbersTreatsOtherDataAlike"), outcome(Transforms.class).failed(""));
    }

    /** Why tests did not pass, by method and display name. */
    private record Outcome(Map<String, String> failures, Set<String> skipped) {
        /** The methods that failed for something. */
        Set<String> failed(String name) {
            Set<String> methods = new TreeSet<>();
            failures.keySet().stream().filter(test -> test.contains(name)).forEach(test -> methods.add(test.substring(0, test.indexOf(' '))));
            return methods;
        }
    }

    private static Outcome outcome(Class<?> contract) {
        Outcome outcome = new Outcome(new TreeMap<>(), new TreeSet<>());
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                String why = result.getThrowable().map(Throwable::getMessage).orElse("");
                if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
                    outcome.skipped().add(why);
                } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    String method = test.getSource().map(source -> ((MethodSource) source).getMethodName()).orElseThrow();
                    outcome.failures().put(method + " " + test.getDisplayName(), why);
                }
            }
        });
        return outcome;
    }
}
