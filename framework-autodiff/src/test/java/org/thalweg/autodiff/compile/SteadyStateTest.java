package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a long training run does, in a JVM that has done nothing else: other tests leave the JIT profiles of all vector widths behind. */
class SteadyStateTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aStepAllocatesNothing(int threads) throws Exception {
        ChildJvm.Result result = ChildJvm.start(SteadyStateProgram.class,
                List.of("-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-XX:+PrintCompilation"), Integer.toString(threads)).await(200);

        assertEquals(0, result.exitCode(), result.errors());
        // Compilations are told on the same stream, also after the answer.
        assertEquals(List.of("bytes in 200 steps: 0"), result.output().lines().filter(line -> line.contains("bytes in 200 steps")).map(line -> line.substring(line.indexOf("bytes in"))).toList());
        // A kernel that is too wide for the first compiler would stay interpreted for ever. Other reasons to skip, as a class that is being loaded, pass.
        assertEquals(List.of(), result.output().lines().filter(line -> line.contains("COMPILE SKIPPED: out of virtual registers")).toList());
    }
}
