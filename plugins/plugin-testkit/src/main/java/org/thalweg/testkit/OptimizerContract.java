package org.thalweg.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * What every optimizer promises, over all that a plugin registers. An author extends it, names the plugin, and gives settings where the
 * defaults are no sensible choice for these small problems:
 *
 * <pre>
 * class MyOptimizersTest extends OptimizerContract {
 *     protected Plugin plugin() { return new MyPlugin(); }
 * }
 * </pre>
 *
 * <p>What an optimizer cannot promise is switched off by {@link #exemption}, with the reason.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OptimizerContract {
    private static final Shape MATRIX = Shape.of(2, 3);
    private static final double[] START = {2, -3, 2.5, 2, -0.5, 0};
    private static final double[] MINIMUM = {1, -2, 0.5, 3, -1, 2};
    private static final double[] CURVATURE = {1, 2, 4, 8, 5, 3};

    private Registrations registered;

    /** What an optimizer promises. */
    public enum Promise {
        /** A thousand steps leave less than a thousandth of a quadratic's loss. */
        CONVERGES,
        /** It finds Rosenbrock's valley and follows it. */
        FOLLOWS_A_VALLEY,
        /** A training can be stopped and resumed: the state and the parameter are all that it remembers. */
        RESUMES,
        /** The same steps give the same bits. */
        DETERMINISTIC,
        /** It changes nothing but its parameter. */
        LEAVES_OTHERS_ALONE,
        /** With a learning rate of 0 the parameter stays. */
        STAYS_WITHOUT_RATE,
        /** At 0, without a gradient, the parameter stays. */
        STAYS_WITHOUT_GRADIENT,
        /** A gradient that is not finite is reported, and changes nothing. */
        REFUSES_INFINITY,
        /** Parameters may be scalars, vectors and tensors, in FLOAT32 and FLOAT64. */
        ANY_SHAPE_AND_TYPE,
        /** A step allocates no memory. */
        ALLOCATES_NOTHING
    }

    /** For subclasses. */
    protected OptimizerContract() {}

    /** The plugin whose optimizers are tested. */
    protected abstract Plugin plugin();

    /** Settings for both problems, a quadratic of condition 8 and Rosenbrock's valley; by default the optimizer's own defaults. */
    protected Map<String, ?> settings(String optimizer) {
        return Map.of();
    }

    /** Settings that differ for Rosenbrock's valley. */
    protected Map<String, ?> settingsForRosenbrock(String optimizer) {
        return settings(optimizer);
    }

    /** Other plugins whose optimizers these settings name. */
    protected List<Plugin> others() {
        return List.of();
    }

    /** Why an optimizer does not give a promise; empty where it does, as by default. */
    protected Optional<String> exemption(String optimizer, Promise promise) {
        return Optional.empty();
    }

    /** Collects what can be made. */
    @BeforeAll
    public void register() {
        registered = Registrations.of(Stream.concat(Stream.of(plugin()), others().stream()).toArray(Plugin[]::new));
    }

    /** The names of the optimizers that are tested: all that the plugin registers. */
    public Stream<String> optimizers() {
        return Registrations.of(plugin()).names(Optimizer.class).stream();
    }

    private Optimizer optimizer(String name) {
        return registered.make(Optimizer.class, name, settings(name));
    }

    private static double[] slope(double[] p) {
        double[] gradient = new double[p.length];
        Arrays.setAll(gradient, i -> CURVATURE[i % CURVATURE.length] * (p[i] - MINIMUM[i % MINIMUM.length]));
        return gradient;
    }

    private static double quadratic(double[] p) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += CURVATURE[i] / 2 * (p[i] - MINIMUM[i]) * (p[i] - MINIMUM[i]);
        }
        return sum;
    }

    private Trajectory trajectory(String name) {
        return new Trajectory(optimizer(name), MATRIX, DType.FLOAT64, START);
    }

    private static void follow(Trajectory trajectory, int steps) {
        for (int i = 0; i < steps; i++) {
            trajectory.step(slope(trajectory.parameter()));
        }
    }

    /** A quadratic of condition 8. */
    @ParameterizedTest
    @MethodSource("optimizers")
    public void convergesOnAQuadratic(String name) {
        Exemption.respect(exemption(name, Promise.CONVERGES));
        Trajectory trajectory = trajectory(name);
        follow(trajectory, 1000);
        double left = quadratic(trajectory.evaluated()) / quadratic(START);
        assertTrue(left < 1e-3, name + " is left with " + left + " of the loss, at " + Arrays.toString(trajectory.evaluated()));
    }

    /** Three thousand steps from (-1.2, 1). */
    @ParameterizedTest
    @MethodSource("optimizers")
    public void descendsIntoRosenbrocksValleyAndAlongIt(String name) {
        Exemption.respect(exemption(name, Promise.FOLLOWS_A_VALLEY));
        Optimizer optimizer = registered.make(Optimizer.class, name, settingsForRosenbrock(name));
        Trajectory trajectory = new Trajectory(optimizer, -1.2, 1);
        for (int i = 0; i < 3000; i++) {
            double[] p = trajectory.parameter();
            double valley = p[1] - p[0] * p[0];
            trajectory.step(-2 * (1 - p[0]) - 400 * p[0] * valley, 200 * valley);
        }
        double[] p = trajectory.evaluated();
        double value = (1 - p[0]) * (1 - p[0]) + 100 * (p[1] - p[0] * p[0]) * (p[1] - p[0] * p[0]);
        // 24.2 at the start, 4 where the valley is reached.
        assertTrue(value < 1, name + " is left with " + value + ", at " + Arrays.toString(p));
    }

    /** Another optimizer goes on from the numbers of the first. */
    @ParameterizedTest
    @MethodSource("optimizers")
    public void stateSurvivesARoundTrip(String name) {
        Exemption.respect(exemption(name, Promise.RESUMES));
        Trajectory whole = trajectory(name);
        follow(whole, 7);
        Trajectory resumed = trajectory(name);
        resumed.restore(whole.parameter(), whole.state(), whole.steps());
        follow(whole, 8);
        follow(resumed, 8);
        assertSame(whole, resumed);
    }

    /** Twice the same. */
    @ParameterizedTest
    @MethodSource("optimizers")
    public void theSameStepsGiveTheSameBits(String name) {
        Exemption.respect(exemption(name, Promise.DETERMINISTIC));
        Trajectory first = trajectory(name);
        Trajectory second = trajectory(name);
        follow(first, 12);
        follow(second, 12);
        assertSame(first, second);
    }

    private static void assertSame(Trajectory wanted, Trajectory got) {
        assertArrayEquals(wanted.parameter(), got.parameter());
        assertArrayEquals(wanted.evaluated(), got.evaluated());
        wanted.state().forEach((tensor, values) -> assertArrayEquals(values, got.state().get(tensor), tensor));
    }

    /** A parameter that the optimizer is not given is not its business. */
    @ParameterizedTest
    @MethodSource("optimizers")
    public void aFrozenParameterStays(String name) {
        Exemption.respect(exemption(name, Promise.LEAVES_OTHERS_ALONE));
        Trajectory trajectory = trajectory(name);
        follow(trajectory, 5);
        assertArrayEquals(START, trajectory.frozen());
    }

    /** A schedule that begins at 0 must not move anything. */
    @ParameterizedTest
    @MethodSource("optimizers")
    public void aLearningRateOfZeroMovesNothing(String name) {
        Exemption.respect(exemption(name, Promise.STAYS_WITHOUT_RATE));
        Trajectory trajectory = trajectory(name).at(0);
        follow(trajectory, 1);
        assertArrayEquals(START, trajectory.parameter());
    }

    /** NaN and infinity. */
    @ParameterizedTest
    @MethodSource("optimizers")
    public void aGradientThatIsNotFiniteIsReportedAndChangesNothing(String name) {
        Exemption.respect(exemption(name, Promise.REFUSES_INFINITY));
        for (double broken : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Trajectory trajectory = trajectory(name);
            follow(trajectory, 3);
            double[] before = trajectory.parameter();
            Map<String, double[]> stateBefore = trajectory.state();
            assertFalse(trajectory.tryStep(1, 1, 1, 1, broken, 1));
            assertArrayEquals(before, trajectory.parameter());
            stateBefore.forEach((tensor, values) -> assertArrayEquals(values, trajectory.state().get(tensor), tensor));
            follow(trajectory, 1);
        }
    }

    /** Each of them with parameters of several ranks. */
    public Stream<Arguments> optimizersAndShapes() {
        List<Shape> shapes = List.of(Shape.scalar(), Shape.of(5), Shape.of(3, 2), Shape.of(2, 1, 3, 2));
        return optimizers().flatMap(name -> shapes.stream().map(shape -> Arguments.of(name, shape)));
    }

    /** Four steps in FLOAT32 are those in FLOAT64, rounded. */
    @ParameterizedTest
    @MethodSource("optimizersAndShapes")
    public void takesParametersOfAnyShapeInBothTypes(String name, Shape shape) {
        Exemption.respect(exemption(name, Promise.ANY_SHAPE_AND_TYPE));
        double[] start = new double[(int) shape.size()];
        Arrays.setAll(start, i -> 1.5 - 0.3 * i);
        Trajectory exact = new Trajectory(optimizer(name), shape, DType.FLOAT64, start);
        Trajectory rounded = new Trajectory(optimizer(name), shape, DType.FLOAT32, start);
        follow(exact, 4);
        follow(rounded, 4);
        double moved = 0;
        for (int i = 0; i < start.length; i++) {
            assertTrue(Double.isFinite(exact.parameter()[i]), name);
            assertEquals(exact.parameter()[i], rounded.parameter()[i], 1e-4 * (1 + Math.abs(exact.parameter()[i])), name);
            moved = Math.max(moved, Math.abs(exact.parameter()[i] - start[i]));
        }
        assertTrue(moved > 1e-6, name + " does not move");
    }

    /** One step at 0. */
    @ParameterizedTest
    @MethodSource("optimizers")
    public void staysWhereThereIsNoGradientAndNoDecay(String name) {
        Exemption.respect(exemption(name, Promise.STAYS_WITHOUT_GRADIENT));
        Trajectory trajectory = new Trajectory(optimizer(name), MATRIX, DType.FLOAT64, new double[6]);
        trajectory.step(new double[6]);
        assertArrayEquals(new double[6], trajectory.parameter());
        assertArrayEquals(new double[6], trajectory.evaluated());
    }

    /** Once everything is compiled. */
    @ParameterizedTest
    @MethodSource("optimizers")
    public void aStepAllocatesNothing(String name) throws Throwable {
        Exemption.respect(exemption(name, Promise.ALLOCATES_NOTHING));
        Trajectory trajectory = trajectory(name);
        follow(trajectory, 1);
        AllocatedBytes allocated = new AllocatedBytes();
        long least = Long.MAX_VALUE;
        // Before they are compiled, some of the JVM's own functions allocate; afterwards one quiet round is enough.
        for (int round = 0; round < 200 && least > 0; round++) {
            long before = allocated.now();
            for (int i = 0; i < 200; i++) {
                trajectory.again();
            }
            least = Math.min(least, allocated.now() - before);
        }
        assertEquals(0, least);
    }

    /** By reflection, because a module under test need not read the management module. */
    private static final class AllocatedBytes {
        private final MethodHandle count;

        AllocatedBytes() throws ReflectiveOperationException {
            Object bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            count = MethodHandles.publicLookup()
                    .findVirtual(type, "getCurrentThreadAllocatedBytes", MethodType.methodType(long.class))
                    .bindTo(bean);
        }

        long now() throws Throwable {
            return (long) count.invokeExact();
        }
    }
}
