package org.thalweg.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Transform;

/** What every transform promises. An author extends it and gives transforms, the data that they learn from, and other data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TransformContract {
    /** What a transform promises. */
    public enum Promise {
        /** It can be rebuilt from what it learned, so that a run can be evaluated without its training data. */
        RESTORES
    }

    /** For subclasses. */
    protected TransformContract() {}

    /** The transforms that are tested. */
    protected abstract Stream<? extends Transform> transforms();

    /** What they learn from. */
    protected abstract Dataset training();

    /** What they are applied to: the same columns, other numbers. */
    protected abstract Dataset other();

    /** Why a transform does not give a promise; empty where it does, as by default. */
    protected Optional<String> exemption(Transform transform, Promise promise) {
        return Optional.empty();
    }

    /** For JUnit. */
    public Stream<? extends Transform> tested() {
        return transforms();
    }

    /** In any order, any number at a time, and in every type. */
    @ParameterizedTest
    @MethodSource("tested")
    public void rowsAreTheSameHoweverTheyAreRead(Transform transform) {
        Transform.Fitted fitted = transform.fit(training());
        Reading.assertConsistent(fitted.apply(training()));
        Reading.assertConsistent(fitted.apply(other()));
    }

    /** A transform changes what is read, not how many rows there are, and not the data that it reads through to. */
    @ParameterizedTest
    @MethodSource("tested")
    public void theDataItselfStaysAsItIs(Transform transform) {
        Dataset data = training();
        Dataset changed = transform.fit(data).apply(data);
        Reading.assertConsistent(changed);
        assertEquals(data.size(), changed.size(), "rows");
        Reading.assertSame(training(), data);
    }

    /** What is applied to does not change what was learned. */
    @ParameterizedTest
    @MethodSource("tested")
    public void onlyTheTrainingDataIsLearnedFrom(Transform transform) {
        Transform.Fitted fitted = transform.fit(training());
        Dataset before = fitted.apply(training());
        Reading.assertConsistent(fitted.apply(other()));
        Reading.assertSame(before, fitted.apply(training()));
    }

    /** Bit for bit, from finite numbers. */
    @ParameterizedTest
    @MethodSource("tested")
    public void whatIsRestoredFromTheLearnedNumbersTreatsOtherDataAlike(Transform transform) {
        Exemption.respect(exemption(transform, Promise.RESTORES));
        Transform.Fitted fitted = transform.fit(training());
        Map<String, double[]> learned = fitted.learned();
        assertTrue(learned.values().stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite), "numbers that are not finite");
        Transform.Fitted restored = transform.restore(learned);
        Reading.assertSame(fitted.apply(other()), restored.apply(other()));
        assertEquals(learned.keySet(), restored.learned().keySet());
        learned.forEach((name, numbers) -> assertTrue(Arrays.equals(numbers, restored.learned().get(name)), name));
    }
}
