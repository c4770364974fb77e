package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same seed gives the same bits in JVMs with other vectors, other kernels and other numbers of threads. */
class SameBitsInOtherJvmsTest {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String FLAG = "--add-modules " + MODULE;
    private static final int SECONDS = 240;

    @Test
    void everyVectorWidthAndThreadCountAndThePlainKernelsGiveTheSameBits() throws Exception {
        List<List<String>> jvms = List.of(
                List.of("--add-modules", MODULE, "-XX:MaxVectorSize=16"),
                List.of("--add-modules", MODULE, "-XX:MaxVectorSize=32"),
                List.of("--add-modules", MODULE, "-XX:MaxVectorSize=64"),
                List.of("--add-modules", MODULE, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"),
                List.of());
        String expected = null;
        for (List<String> jvm : jvms) {
            List<String> options = new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC"));
            options.addAll(jvm);
            // Two at a time: the tests run where there are few cores.
            ChildJvm one = ChildJvm.start(SameBitsProgram.class, options, "1");
            ChildJvm two = ChildJvm.start(SameBitsProgram.class, options, "2");
            List<ChildJvm.Result> results = List.of(one.await(SECONDS), two.await(SECONDS));
            for (int threads = 1; threads <= 2; threads++) {
                ChildJvm.Result result = results.get(threads - 1);
                String who = options + ", " + threads + (threads == 1 ? " thread" : " threads");
                assertEquals(0, result.exitCode(), who + ": " + result.output() + result.errors());
                String[] described = result.output().split("\\R", 2);
                System.out.println(who + ": " + described[0]);
                assertTrue(described[0].contains(jvm.isEmpty() ? "plain Java" : "vectors of"), described[0]);
                assertTrue(described[0].endsWith(threads == 1 ? "1 thread" : "2 threads"), described[0]);
                assertEquals(6, described[1].lines().count(), described[1]);
                expected = expected == null ? described[1] : expected;
                assertEquals(expected, described[1], who);
                assertEquals(jvm.isEmpty() ? 1 : 0, result.errors().split(FLAG, -1).length - 1, result.errors());
            }
        }
    }
}
