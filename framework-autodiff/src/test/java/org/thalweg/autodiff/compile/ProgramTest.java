package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.api.data.DataException;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** What a compiled program promises to the one who runs it: old values before new ones, all updates or none, and errors that name their place. */
class ProgramTest {
    private final Graph graph = new Graph();

    private Expression variable(String name, int... extents) {
        return graph.variable(name, Shape.of(extents), DType.FLOAT64);
    }

    private Expression input(String name, int... extents) {
        return graph.input(name, Shape.of(extents), DType.FLOAT64);
    }

    private static Expression e(Tensor tensor) {
        return (Expression) tensor;
    }

    private static Map<Expression, Expression> updates(Object... pairs) {
        Map<Expression, Expression> updates = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            updates.put((Expression) pairs[i], (Expression) pairs[i + 1]);
        }
        return updates;
    }

    private static double[] ramp(int size, double from) {
        double[] values = new double[size];
        Arrays.setAll(values, i -> from + 0.25 * i);
        return values;
    }

    // Updates

    @Test
    void twoVariablesSwap() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression a = variable("a", 5);
            Expression b = variable("b", 5);
            Program program = backend.compile(new Computation(List.of(), updates(a, b, b, a), List.of()));
            double[] as = ramp(5, 1);
            double[] bs = ramp(5, 10);
            program.bind(a, as);
            program.bind(b, bs);
            program.run();
            assertArrayEquals(ramp(5, 10), as);
            assertArrayEquals(ramp(5, 1), bs);
            program.run();
            assertArrayEquals(ramp(5, 1), as);
        }
    }

    @Test
    void variablesOfOneShapeHaveLoopsOfTheirOwn() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Map<Expression, Expression> updates = new LinkedHashMap<>();
            Expression rate = graph.scalar("rate", DType.FLOAT64);
            for (int i = 0; i < 3; i++) {
                Expression weight = variable("weight" + i, 40, 40);
                Expression velocity = variable("velocity" + i, 40, 40);
                Expression next = e(velocity.mul(0.9).add(input("gradient" + i, 40, 40)));
                updates.put(velocity, next);
                updates.put(weight, e(weight.sub(next.mul(rate))));
            }
            Program program = backend.compile(new Computation(List.of(), updates, List.of()));
            program.startProfile();

            assertEquals(List.of("loop over [1600]", "loop over [1600]", "loop over [1600]", "finite check"),
                    program.profile().stream().map(StepProfile::kind).toList());
        }
    }

    @Test
    void twoVariablesSwapWhileTheyChange() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression a = variable("a", 40);
            Expression b = variable("b", 40);
            Program program = backend.compile(new Computation(List.of(), updates(a, e(b.mul(2)), b, e(a.add(b))), List.of()));
            double[] as = ramp(40, 1);
            double[] bs = ramp(40, 10);
            program.bind(a, as);
            program.bind(b, bs);
            program.run();
            for (int i = 0; i < 40; i++) {
                assertEquals(2 * (10 + 0.25 * i), as[i]);
                assertEquals(11 + 0.5 * i, bs[i]);
            }
        }
    }

    @Test
    void aMovingAverageFollowsTheUpdatedParameter() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression parameter = variable("parameter", 40);
            Expression average = variable("average", 40);
            Expression next = e(parameter.mul(0.5));
            Expression nextAverage = e(average.mul(0.75).add(next.mul(0.25)));
            Program program = backend.compile(new Computation(List.of(), updates(parameter, next, average, nextAverage), List.of()));
            double[] parameters = ramp(40, 8);
            double[] averages = new double[40];
            program.bind(parameter, parameters);
            program.bind(average, averages);
            program.run();
            for (int i = 0; i < 40; i++) {
                assertEquals((8 + 0.25 * i) / 2, parameters[i]);
                assertEquals((8 + 0.25 * i) / 8, averages[i]);
            }
        }
    }

    @Test
    void aStateKeepsAnotherVariablesOldValue() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression parameter = variable("parameter", 40);
            Expression previous = variable("previous", 40);
            Program program = backend.compile(
                    new Computation(List.of(), updates(parameter, e(parameter.add(1)), previous, parameter), List.of()));
            double[] parameters = ramp(40, 8);
            double[] last = new double[40];
            program.bind(parameter, parameters);
            program.bind(previous, last);
            program.run();
            assertArrayEquals(ramp(40, 9), parameters);
            assertArrayEquals(ramp(40, 8), last);
        }
    }

    @Test
    void twoVariablesGetTheSameNextValue() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression a = variable("a", 40);
            Expression b = variable("b", 40);
            Expression next = e(a.add(b));
            Program program = backend.compile(new Computation(List.of(), updates(a, next, b, next), List.of()));
            double[] as = ramp(40, 1);
            double[] bs = ramp(40, 10);
            program.bind(a, as);
            program.bind(b, bs);
            program.run();
            for (int i = 0; i < 40; i++) {
                assertEquals(11 + 0.5 * i, as[i]);
                assertEquals(11 + 0.5 * i, bs[i]);
            }
        }
    }

    @Test
    void anOldValueIsReadInLaterPassesOfALoopThatUpdatesIt() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression a = variable("a", 6, 40);
            Expression b = variable("b", 6, 40);
            Program program = backend.compile(new Computation(List.of(), updates(a, e(a.mul(2)), b, e(a.softmax(-1))), List.of()));
            double[] as = ramp(240, -3);
            double[] bs = new double[240];
            Expression softmax = e(a.softmax(-1));
            double[] expected = ReferenceEvaluator.evaluate(softmax, Map.of(a, as.clone()));
            program.bind(a, as);
            program.bind(b, bs);
            program.run();
            assertArrayEquals(expected, bs, 1e-12);
            for (int i = 0; i < 240; i++) {
                assertEquals(2 * (-3 + 0.25 * i), as[i]);
            }
        }
    }

    @Test
    void aVariableIsUpdatedByWhatItsRowsAndColumnsSumTo() {
        try (CpuBackend backend = new CpuBackend(2)) {
            Expression a = variable("a", 6, 40);
            Expression rows = variable("rows", 6, 1);
            Expression columns = variable("columns", 1, 40);
            Map<Expression, Expression> updates = updates(
                    a, e(a.sub(rows).add(columns)), rows, e(a.add(rows).sumKeepingAxes(1)), columns, e(a.mul(columns).sumKeepingAxes(0)));
            Program program = backend.compile(new Computation(List.of(), updates, List.of()));
            Map<Expression, double[]> point = Map.of(a, ramp(240, -3), rows, ramp(6, 1), columns, ramp(40, 2));
            Map<Expression, double[]> arrays = new LinkedHashMap<>();
            point.forEach((leaf, values) -> arrays.put(leaf, values.clone()));
            arrays.forEach(program::bind);
            program.run();
            updates.forEach((variable, next) -> assertArrayEquals(ReferenceEvaluator.evaluate(next, point), arrays.get(variable), 1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void randomUpdatesOfOneAnotherAreComputedFromOldValues(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Expression[] variables = {
            variable("a", 9, 20), variable("b", 9, 20), variable("c", 9, 20), variable("d", 20), variable("e", 9, 1), variable("f", 1, 20)};
        Map<Expression, Expression> updates = new LinkedHashMap<>();
        List<Expression> values = new java.util.ArrayList<>(List.of(variables));
        for (int i = 0; i < 25; i++) {
            Expression x = values.get(random.nextInt(values.size()));
            Expression y = values.get(random.nextInt(values.size()));
            values.add(e(switch (random.nextInt(8)) {
                case 0 -> x.add(y);
                case 1 -> x.mul(0.5);
                case 2 -> x.sub(y.mul(0.25));
                case 3 -> x.tanh();
                case 4 -> x.softmax(-1);
                case 5 -> x.shape().rank() == 2 ? x.meanKeepingAxes(random.nextInt(2)) : x.sin();
                case 6 -> x.shape().rank() == 2 ? x.transpose().reshape(x.shape()) : x.max(y);
                default -> x.max(y);
            }));
        }
        for (Expression variable : variables) {
            List<Expression> fitting = values.stream().filter(x -> x.shape().equals(variable.shape())).toList();
            updates.put(variable, fitting.get(random.nextInt(fitting.size())));
        }
        List<Expression> outputs = List.of(values.getLast(), variables[random.nextInt(variables.length)], values.get(values.size() - 2));
        ReferenceEvaluator reference = new ReferenceEvaluator();
        Map<Expression, double[]> arrays = new LinkedHashMap<>();
        for (Expression variable : variables) {
            double[] start = random.doubles(variable.shape().size(), -1, 1).toArray();
            arrays.put(variable, start.clone());
            reference.set(variable, start);
        }
        List<Expression> finite = random.nextBoolean() ? List.of(outputs.getFirst()) : List.of();
        try (CpuBackend backend = new CpuBackend(2)) {
            Program program = backend.compile(new Computation(outputs, updates, finite));
            arrays.forEach(program::bind);
            assertTrue(program.run());
            updates.forEach((variable, next) -> assertArrayEquals(reference.value(next), arrays.get(variable), 1e-9, variable + " <- " + next));
            for (int i = 0; i < outputs.size(); i++) {
                double[] got = Arrays.copyOf((double[]) program.output(i), (int) outputs.get(i).shape().size());
                assertArrayEquals(reference.value(outputs.get(i)), got, 1e-9, "output " + outputs.get(i));
            }
        }
    }

    @Test
    void anOutputThatIsAVariableAboutToChangeShowsTheOldValue() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression a = variable("a", 40);
            Expression next = e(a.add(1));
            Program program = backend.compile(new Computation(List.of(a, next, e(a.reshape(8, 5))), updates(a, next), List.of()));
            double[] as = ramp(40, 1);
            program.bind(a, as);
            for (int run = 1; run <= 3; run++) {
                program.run();
                assertArrayEquals(ramp(40, run), (double[]) program.output(0));
                assertArrayEquals(ramp(40, run + 1), (double[]) program.output(1));
                assertArrayEquals(ramp(40, run), (double[]) program.output(2));
                assertArrayEquals(ramp(40, run + 1), as);
            }
        }
    }

    @Test
    void scalarsAndConstantsAreOutputsAndNextValuesToo() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression rate = graph.scalar("rate", DType.FLOAT64);
            Expression lastRate = variable("lastRate");
            Expression a = variable("a", 3);
            Program program = backend.compile(new Computation(List.of(rate, e(rate.mul(2)), graph.constant(7, DType.FLOAT64)),
                    updates(lastRate, rate, a, e(rate.mul(3).broadcastTo(a.shape()))), List.of(rate)));
            double[] last = new double[1];
            double[] as = new double[3];
            program.bind(lastRate, last);
            program.bind(a, as);
            program.set(rate, 0.5);
            assertTrue(program.run());
            assertEquals(0.5, program.number(0));
            assertEquals(1, program.number(1));
            assertEquals(7, program.number(2));
            assertArrayEquals(new double[] {0.5}, last);
            assertArrayEquals(new double[] {1.5, 1.5, 1.5}, as);
        }
    }

    @Test
    void countersAndMasksAreUpdatedToo() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression count = graph.variable("count", Shape.of(20), DType.INT32);
            Expression seen = graph.variable("seen", Shape.of(20), DType.BOOL);
            Expression steps = graph.variable("steps", Shape.scalar(), DType.INT32);
            Expression x = input("x", 20);
            Expression positive = e(x.greater(0));
            Program program = backend.compile(new Computation(List.of(count, e(count.sum()), steps),
                    updates(count, e(count.add(positive.cast(DType.INT32))), seen, e(seen.or(positive)), steps, e(steps.add(1))), List.of(x)));
            int[] counts = new int[20];
            boolean[] masks = new boolean[20];
            int[] number = new int[1];
            program.bind(count, counts);
            program.bind(seen, masks);
            program.bind(steps, number);
            for (int run = 0; run < 3; run++) {
                program.bind(x, ramp(20, -2));
                assertTrue(program.run());
                assertEquals(11.0 * run, program.number(1));
                assertEquals(run, program.number(2));
            }
            for (int i = 0; i < 20; i++) {
                assertEquals(i > 8 ? 3 : 0, counts[i]);
                assertEquals(i > 8, masks[i]);
            }
            assertEquals(3, number[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 1", "FLOAT32, 2", "FLOAT64, 2"})
    void arraysThatAreSharedAmongThreadsAreUpdatedInPlaceOnce(DType dtype, int threads) {
        Shape shape = Shape.of(700, 300);
        Expression a = graph.variable("a", shape, dtype);
        Expression b = graph.variable("b", shape, dtype);
        Expression rows = graph.variable("rows", Shape.of(700, 1), dtype);
        Expression columns = graph.variable("columns", Shape.of(300), dtype);
        Map<Expression, Expression> updates = updates(a, e(a.add(b).add(rows)), b, e(a.sub(columns)),
                rows, e(rows.add(a.meanKeepingAxes(1))), columns, e(columns.add(a.mean(0))));
        SplittableRandom random = new SplittableRandom(3);
        ReferenceEvaluator reference = new ReferenceEvaluator();
        Map<Expression, Object> arrays = new LinkedHashMap<>();
        for (Expression leaf : updates.keySet()) {
            double[] values = random.doubles(leaf.shape().size(), -1, 1).map(v -> (float) v).toArray();
            Object array = Memory.array(dtype, values.length);
            for (int i = 0; i < values.length; i++) {
                set(array, i, values[i]);
            }
            reference.set(leaf, values);
            arrays.put(leaf, array);
        }
        try (CpuBackend backend = new CpuBackend(threads)) {
            Program program = backend.compile(new Computation(List.of(), updates, List.of()));
            arrays.forEach(program::bind);
            program.run();
        }
        updates.forEach((leaf, next) -> {
            double[] expected = reference.value(next);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], Memory.element(arrays.get(leaf), i), dtype == DType.FLOAT32 ? 1e-5 : 1e-12, leaf + " " + i);
            }
        });
    }

    // The finite flag

    @ParameterizedTest
    @CsvSource({"NaN, 0, 5", "Infinity, 4, 5", "-Infinity, 3, 5", "NaN, 20000, 30001", "NaN, 30000, 30001", "Infinity, 8192, 30001",
        "-Infinity, 16384, 16385"})
    void aValueThatIsNotFiniteLeavesEveryVariableUntouched(double bad, int position, int size) {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            for (int threads = 1; threads <= 2; threads++) {
                Graph own = new Graph();
                Expression a = own.variable("a", Shape.of(size), dtype);
                Expression b = own.variable("b", Shape.of(size), dtype);
                Expression x = own.input("x", Shape.of(size), dtype);
                Expression loss = e(a.mul(x).sum());
                Expression gradient = Gradients.of(loss, List.of(a)).getFirst();
                try (CpuBackend backend = new CpuBackend(threads)) {
                    Program program = backend.compile(new Computation(
                            List.of(loss), updates(a, e(a.sub(gradient)), b, e(b.add(1))), List.of(loss, gradient)));
                    Object as = filled(dtype, size, 2);
                    Object bs = filled(dtype, size, 5);
                    Object xs = filled(dtype, size, 1);
                    program.bind(a, as);
                    program.bind(b, bs);
                    program.bind(x, xs);
                    assertTrue(program.run());
                    assertEquals(1, Memory.element(as, position));
                    assertEquals(6, Memory.element(bs, position));
                    set(xs, position, bad);
                    assertFalse(program.run());
                    for (int i = 0; i < size; i++) {
                        assertEquals(1, Memory.element(as, i));
                        assertEquals(6, Memory.element(bs, i));
                    }
                    set(xs, position, 1);
                    assertTrue(program.run());
                    assertEquals(0, Memory.element(as, position));
                }
            }
        }
    }

    private static Object filled(DType dtype, int size, double value) {
        Object array = Memory.array(dtype, size);
        for (int i = 0; i < size; i++) {
            set(array, i, value);
        }
        return array;
    }

    private static void set(Object array, int position, double value) {
        if (array instanceof float[] floats) {
            floats[position] = (float) value;
        } else {
            ((double[]) array)[position] = value;
        }
    }

    @Test
    void anInfiniteValueInTheBranchThatWhereDoesNotChooseDoesNotCount() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression a = variable("a", 40);
            Expression x = input("x", 40);
            Expression safe = e(x.greater(0).where(x.log(), x.constant(0)));
            Expression loss = e(safe.mul(a).sum());
            Program program = backend.compile(new Computation(List.of(loss), updates(a, e(a.add(1))), List.of(loss, safe)));
            double[] as = ramp(40, 0);
            program.bind(a, as);
            program.bind(x, ramp(40, -5));
            assertTrue(program.run());
            assertArrayEquals(ramp(40, 1), as);
        }
    }

    @Test
    void updatesThatBecomeInfiniteAloneAreStillMade() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression a = variable("a", 4);
            Program program = backend.compile(new Computation(List.of(), updates(a, e(a.div(0))), List.of()));
            double[] as = {1, 2, 3, 4};
            program.bind(a, as);
            assertTrue(program.run());
            assertEquals(Double.POSITIVE_INFINITY, as[0]);
        }
    }

    // Errors

    @Test
    void aWrongArrayIsAnErrorThatNamesLeafShapeAndWhatWasGiven() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression x = input("images", 4, 3);
            Expression sum = e(x.sum());
            Program program = backend.compile(Computation.of(List.of(sum)));
            String wrongType = message(IllegalArgumentException.class, () -> program.bind(x, new float[12]));
            assertContains(wrongType, "images", x.shape().toString(), "FLOAT64", "float[]", "12");
            String tooShort = message(IllegalArgumentException.class, () -> program.bind(x, new double[11]));
            assertContains(tooShort, "images", x.shape().toString(), "double[]", "11");
            String notAnArray = message(IllegalArgumentException.class, () -> program.bind(x, "text"));
            assertContains(notAnArray, "images", "String");
            String nothing = message(IllegalArgumentException.class, () -> program.bind(x, null));
            assertContains(nothing, "images", "null");
            Expression rate = graph.scalar("rate", DType.FLOAT64);
            assertContains(message(IllegalArgumentException.class, () -> program.bind(rate, new double[1])), "rate");
            assertContains(message(IllegalArgumentException.class, () -> program.set(x, 1)), "images", "scalar");
            String notALeaf = message(IllegalArgumentException.class, () -> program.bind(sum, new double[1]));
            assertContains(notALeaf, sum.toString());
        }
    }

    @Test
    void aLongerArrayIsFine() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression x = input("x", 4);
            Program program = backend.compile(Computation.of(List.of(e(x.sum()))));
            program.bind(x, new double[] {1, 2, 3, 4, 100, 100});
            program.run();
            assertEquals(10, program.number(0));
        }
    }

    @Test
    void anUnboundLeafIsNamed() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression x = input("x", 4);
            Expression y = input("labels", 4);
            Program program = backend.compile(Computation.of(List.of(e(x.mul(y).sum()))));
            program.bind(x, new double[4]);
            assertContains(message(IllegalStateException.class, program::run), "labels");
            program.bind(y, new double[4]);
            program.run();
        }
    }

    @Test
    void aScalarThatWasNotSetIsNotANumber() {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression rate = graph.scalar("rate", DType.FLOAT64);
            Program program = backend.compile(Computation.of(List.of(e(rate.mul(2)))));
            program.run();
            assertTrue(Double.isNaN(program.number(0)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5, 1_000_000})
    void aRowOutOfRangeIsAnErrorThatNamesTheRow(int row) {
        try (CpuBackend backend = new CpuBackend(1)) {
            Expression table = input("table", 5, 3);
            Expression rows = graph.input("rows", Shape.of(2), DType.INT32);
            for (Expression y : List.of(e(table.gather(rows)), e(table.slice(0, 0, 2).scatterAdd(rows, 5)))) {
                Program program = backend.compile(Computation.of(List.of(y)));
                program.bind(table, ramp(15, 0));
                program.bind(rows, new int[] {4, row});
                assertContains(message(DataException.class, program::run), "no row " + row, "a table of 5 (0 to 4)");
                program.bind(rows, new int[] {4, 0});
                program.run();
            }
        }
    }

    @Test
    void anUpdateOfAnotherShapeIsRefused() {
        Expression a = variable("a", 4);
        String message = message(IllegalArgumentException.class, () -> new Computation(List.of(), updates(a, e(a.sum())), List.of()));
        assertContains(message, a.toString());
    }

    private static <T extends Throwable> String message(Class<T> type, org.junit.jupiter.api.function.Executable action) {
        return assertThrows(type, action).getMessage();
    }

    private static void assertContains(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), "\"" + part + "\" is missing in: " + message);
        }
    }

    // Shapes

    @ParameterizedTest
    @CsvSource({"FLOAT32, 1", "FLOAT64, 1", "FLOAT32, 2", "FLOAT64, 2"})
    void emptyShapesGiveEmptyValuesAndNeutralReductions(DType dtype, int threads) {
        try (CpuBackend backend = new CpuBackend(threads)) {
            Expression x = graph.variable("x", Shape.of(0, 3), dtype);
            Expression y = graph.input("y", Shape.of(3, 0), dtype);
            List<Expression> outputs = List.of(e(x.exp()), e(x.sum()), e(x.sum(0)), e(x.sum(1)), e(x.max(0)), e(y.max(1)), e(y.sum(1)),
                    e(x.matmul(y)), e(y.matmul(x)), e(x.transpose()), e(x.pad(0, 1, 1)), e(x.concat(0, List.of(x))), e(y.softmax(-1)),
                    e(x.reshape(0)), e(y.slice(0, 1, 2)), e(x.meanKeepingAxes(0)));
            Program program = backend.compile(new Computation(outputs, updates(x, e(x.add(1))), List.of(outputs.get(0), outputs.get(1))));
            program.bind(x, Memory.array(dtype, 0));
            program.bind(y, Memory.array(dtype, 0));
            assertTrue(program.run());
            Map<Expression, double[]> empty = Map.of(x, new double[0], y, new double[0]);
            for (int i = 0; i < outputs.size(); i++) {
                double[] expected = ReferenceEvaluator.evaluate(outputs.get(i), empty);
                for (int k = 0; k < expected.length; k++) {
                    assertEquals(expected[k], Memory.element(program.output(i), k), outputs.get(i) + " " + k);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 1000000, 1, 1e-5", "FLOAT32, 3, 1000000, 1e-5", "FLOAT64, 1000000, 1, 1e-12", "FLOAT64, 3, 1000000, 1e-12",
        "FLOAT64, 1000000, 3, 1e-12",
        // A sum over rows is one chain of additions for each column, whose error grows with the number of rows.
        "FLOAT32, 1000000, 3, 1e-4"})
    void reductionsOfLongVectorsAgreeWithTheReference(DType dtype, int rows, int columns, double tolerance) {
        Shape shape = columns == 1 ? Shape.of(rows) : Shape.of(rows, columns);
        Expression x = graph.input("x", shape, dtype);
        Object array = Memory.array(dtype, (int) shape.size());
        double[] values = new SplittableRandom(rows).doubles(shape.size(), -1, 3).toArray();
        for (int i = 0; i < values.length; i++) {
            set(array, i, values[i]);
            values[i] = Memory.element(array, i);
        }
        List<Expression> sums = columns == 1 ? List.of(e(x.sum())) : List.of(e(x.sum()), e(x.sum(0)), e(x.sum(1)));
        List<Expression> sizes = columns == 1 ? List.of(e(x.abs().sum())) : List.of(e(x.abs().sum()), e(x.abs().sum(0)), e(x.abs().sum(1)));
        List<Expression> largest = columns == 1 ? List.of(e(x.maxOver())) : List.of(e(x.maxOver()), e(x.max(0)), e(x.max(1)));
        ReferenceEvaluator reference = new ReferenceEvaluator();
        reference.set(x, values);
        for (int threads = 1; threads <= 2; threads++) {
            try (CpuBackend backend = new CpuBackend(threads)) {
                for (int i = 0; i < sums.size(); i++) {
                    Program program = backend.compile(Computation.of(List.of(sums.get(i), largest.get(i))));
                    program.bind(x, array);
                    program.run();
                    double[] expected = reference.value(sums.get(i));
                    double[] size = reference.value(sizes.get(i));
                    double[] most = reference.value(largest.get(i));
                    for (int k = 0; k < expected.length; k++) {
                        double got = Memory.element(program.output(0), k);
                        assertTrue(Math.abs(got - expected[k]) <= tolerance * size[k], sums.get(i) + " " + k + ": " + got + " instead of " + expected[k]);
                        assertEquals(most[k], Memory.element(program.output(1), k));
                    }
                }
            }
        }
    }

    // Random numbers

    @ParameterizedTest
    @CsvSource({"FLOAT32", "FLOAT64"})
    void randomNumbersDifferByStepAndStreamAndSeedAndEqualTheReference(DType dtype) {
        int size = 40_000;
        Expression first = graph.uniform(1, Shape.of(size), dtype);
        Expression second = graph.uniform(2, Shape.of(size), dtype);
        try (CpuBackend backend = new CpuBackend(2)) {
            Program program = backend.compile(Computation.of(List.of(first, second)));
            double[][] drawn = new double[6][];
            long[][] settings = {{7, 0}, {7, 1}, {8, 0}};
            for (int i = 0; i < settings.length; i++) {
                program.random(settings[i][0], settings[i][1]);
                program.run();
                ReferenceEvaluator reference = new ReferenceEvaluator(settings[i][0], settings[i][1]);
                for (int k = 0; k < 2; k++) {
                    double[] values = new double[size];
                    for (int j = 0; j < size; j++) {
                        values[j] = Memory.element(program.output(k), j);
                        assertTrue(values[j] >= 0 && values[j] < 1);
                    }
                    assertArrayEquals(reference.value(k == 0 ? first : second), values);
                    drawn[2 * i + k] = values;
                    assertEquals(0.5, Arrays.stream(values).average().orElseThrow(), 0.01);
                }
            }
            for (int i = 0; i < drawn.length; i++) {
                for (int k = i + 1; k < drawn.length; k++) {
                    assertNotEquals(drawn[i][0], drawn[k][0]);
                    assertNotEquals(drawn[i][size - 1], drawn[k][size - 1]);
                }
            }
            program.random(7, 0);
            program.run();
            assertEquals(drawn[0][17], Memory.element(program.output(0), 17));
        }
    }
}
