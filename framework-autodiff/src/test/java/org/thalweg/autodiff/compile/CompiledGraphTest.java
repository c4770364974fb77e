package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.api.tensor.DType;

/** Compiled programs against the reference evaluator, and against each other bit by bit, on graphs made from seeds. */
class CompiledGraphTest {
    @ParameterizedTest
    @CsvSource({"FLOAT32, 512, 0", "FLOAT64, 512, 200", "FLOAT32, 256, 400", "FLOAT64, 256, 550", "FLOAT32, 128, 700", "FLOAT64, 128, 850",
        "FLOAT32, 0, 1000", "FLOAT64, 0, 1200"})
    void agreesWithTheReferenceOnRandomGraphs(DType dtype, int vectorBits, int firstSeed) {
        double tolerance = dtype == DType.FLOAT32 ? 1e-5 : 1e-12;
        try (CpuBackend backend = new CpuBackend(2, vectorBits)) {
            for (long seed = firstSeed; seed < firstSeed + 150; seed++) {
                RandomGraph random = new RandomGraph(seed, dtype);
                Program program = random.run(backend);
                for (int i = 0; i < random.outputs.size(); i++) {
                    double[] expected = random.expected(random.outputs.get(i));
                    for (int k = 0; k < expected.length; k++) {
                        double got = Memory.element(program.output(i), k);
                        if (!(Math.abs(got - expected[k]) <= tolerance * random.largest())) {
                            fail("seed " + seed + ", output " + i + " " + random.outputs.get(i) + ", element " + k + ": " + got + " instead of "
                                    + expected[k] + "; largest " + random.largest());
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32", "FLOAT64"})
    void allVectorWidthsAndThreadCountsGiveTheSameBits(DType dtype) {
        try (CpuBackend plain = new CpuBackend(1, 0);
                CpuBackend narrow = new CpuBackend(2, 128);
                CpuBackend middle = new CpuBackend(1, 256);
                CpuBackend wide = new CpuBackend(2, 512)) {
            for (long seed = 5000; seed < 5040; seed++) {
                RandomGraph random = new RandomGraph(seed, dtype);
                Program expected = random.run(plain);
                for (CpuBackend backend : new CpuBackend[] {narrow, middle, wide}) {
                    Program got = random.run(backend);
                    for (int i = 0; i < random.outputs.size(); i++) {
                        for (int k = 0; k < random.outputs.get(i).shape().size(); k++) {
                            double a = Memory.element(expected.output(i), k);
                            double b = Memory.element(got.output(i), k);
                            assertTrue(Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b),
                                    "seed " + seed + ", " + backend.description() + ", " + random.outputs.get(i) + "[" + k + "]: " + a + " and " + b);
                        }
                    }
                }
            }
        }
    }
}
