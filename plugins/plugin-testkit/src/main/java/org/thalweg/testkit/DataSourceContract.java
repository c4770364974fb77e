package org.thalweg.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;

/** What every data source promises. An author extends it and gives sources that can be opened. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DataSourceContract {
    /** For subclasses. */
    protected DataSourceContract() {}

    /** The sources that are tested; each has rows. */
    protected abstract Stream<? extends DataSource> sources();

    /** Where they are opened; the working folder unless overridden. */
    protected DataContext context() {
        return new DataContext(Path.of(""));
    }

    /** For JUnit. */
    public Stream<? extends DataSource> tested() {
        return sources();
    }

    /** In any order, any number at a time, and in every type. */
    @ParameterizedTest
    @MethodSource("tested")
    public void rowsAreTheSameHoweverTheyAreRead(DataSource source) throws IOException {
        try (Dataset data = source.open(context())) {
            assertTrue(data.size() > 0, "a source that is tested must have rows");
            Reading.assertConsistent(data);
        }
    }

    /** A training that is repeated or resumed finds what it had. */
    @ParameterizedTest
    @MethodSource("tested")
    public void openingTwiceGivesTheSame(DataSource source) throws IOException {
        try (Dataset first = source.open(context()); Dataset second = source.open(context())) {
            Reading.assertSame(first, second);
        }
    }

    /** Four threads read at once. */
    @ParameterizedTest
    @MethodSource("tested")
    public void severalThreadsCanReadAtOnce(DataSource source) throws Exception {
        try (Dataset data = source.open(context()); ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> reads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                reads.add(threads.submit(() -> Reading.assertConsistent(data)));
            }
            for (Future<?> read : reads) {
                read.get();
            }
        }
    }

    /** Class numbers have names, as many as there are numbers, or none. */
    @ParameterizedTest
    @MethodSource("tested")
    public void classNumbersAreWithinTheNamesOfTheClasses(DataSource source) throws IOException {
        try (Dataset data = source.open(context())) {
            for (Column column : data.schema().columns()) {
                for (double number : column.categories().isEmpty() ? new double[0] : Reading.doubles(data, column.name())) {
                    assertFalse(number < 0 || number >= column.categories().size(), () -> column.name() + " has the class " + number);
                }
            }
        }
    }
}
