package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Depth costs neither stack nor much time: in a JVM with a small stack and a small heap. */
class DeepGraphTest {
    private static final int SECONDS = 60;

    private static List<double[]> results(String... arguments) throws Exception {
        ChildJvm.Result result = ChildJvm.start(DeepGraphProgram.class,
                List.of("-Xmx1g", "-Xss512k", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector"), arguments).await(SECONDS);
        assertEquals(0, result.exitCode(), result.output() + result.errors());
        List<String> lines = result.output().lines().toList();
        System.out.println(lines.getFirst());
        return lines.stream().skip(1).map(line -> Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray()).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void aChainOfAHundredThousandNodesIsDifferentiatedCompiledAndRun(int size) throws Exception {
        List<double[]> results = results("chain", Integer.toString(size));
        double[] xs = DeepGraphProgram.ramp(size, 0.3, 0.1);
        double sum = 0;
        for (int k = 0; k < size; k++) {
            double x = xs[k];
            double y = x;
            double slope = 1;
            for (int i = 0; i < DeepGraphProgram.CHAIN; i++) {
                switch (i % 10) {
                    case 0, 5 -> {
                        y *= 0.99;
                        slope *= 0.99;
                    }
                    case 1, 7 -> y += 0.01;
                    case 2 -> {
                        y -= x;
                        slope -= 1;
                    }
                    case 3 -> {
                        slope *= 2 * y;
                        y *= y;
                    }
                    case 4 -> {
                        slope = y > 0.05 ? slope : y == 0.05 ? slope / 2 : 0;
                        y = Math.max(y, 0.05);
                    }
                    case 6 -> {
                        y += x;
                        slope += 1;
                    }
                    case 8 -> {
                        slope *= i % 20 == 8 ? StrictMath.cos(y) : 1 - StrictMath.pow(StrictMath.tanh(y), 2);
                        y = i % 20 == 8 ? StrictMath.sin(y) : StrictMath.tanh(y);
                    }
                    default -> {
                        y = -y;
                        slope = -slope;
                    }
                }
            }
            sum += y;
            assertEquals(slope, results.get(1)[k], 1e-9 * Math.max(1, Math.abs(slope)), "slope at " + x);
        }
        assertEquals(sum, results.get(0)[0], 1e-10 * Math.max(1, Math.abs(sum)));
    }

    @Test
    void aChainOfStepScalarsIsComputedOnceForEachRun() throws Exception {
        List<double[]> results = results("scalars");
        double rate = 0.5;
        double sum = 0;
        for (int i = 0; i < DeepGraphProgram.SCALARS; i++) {
            rate *= 0.9999;
            sum += rate;
        }
        assertEquals(3 + 3 * sum, results.get(0)[0], 1e-9 * sum);
        assertArrayClose(new double[] {1, 1, 1}, results.get(1));
    }

    @Test
    void aRecurrenceOfAThousandLayersIsDifferentiatedCompiledAndRun() throws Exception {
        List<double[]> results = results("recurrence");
        int batch = DeepGraphProgram.BATCH;
        int units = DeepGraphProgram.UNITS;
        double[] w = DeepGraphProgram.ramp(units * units, -0.2, 0.006);
        double[] x = DeepGraphProgram.ramp(batch * units, -0.3, 0.02);
        double[][] h = new double[DeepGraphProgram.LAYERS + 1][batch * units];
        for (int layer = 0; layer < DeepGraphProgram.LAYERS; layer++) {
            for (int i = 0; i < batch * units; i++) {
                double sum = x[i];
                for (int p = 0; p < units; p++) {
                    sum += h[layer][i / units * units + p] * w[p * units + i % units];
                }
                h[layer + 1][i] = StrictMath.tanh(sum);
            }
        }
        double[] byW = new double[units * units];
        double[] byX = new double[batch * units];
        double[] byH = new double[batch * units];
        Arrays.fill(byH, 1);
        for (int layer = DeepGraphProgram.LAYERS - 1; layer >= 0; layer--) {
            double[] before = new double[batch * units];
            for (int i = 0; i < batch * units; i++) {
                double bySum = byH[i] * (1 - h[layer + 1][i] * h[layer + 1][i]);
                byX[i] += bySum;
                for (int p = 0; p < units; p++) {
                    byW[p * units + i % units] += bySum * h[layer][i / units * units + p];
                    before[i / units * units + p] += bySum * w[p * units + i % units];
                }
            }
            byH = before;
        }
        assertEquals(Arrays.stream(h[DeepGraphProgram.LAYERS]).sum(), results.get(0)[0], 1e-10);
        assertArrayClose(byW, results.get(1));
        assertArrayClose(byX, results.get(2));
    }

    private static void assertArrayClose(double[] expected, double[] got) {
        assertEquals(expected.length, got.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], got[i], 1e-9 * Math.max(1, Math.abs(expected[i])), "element " + i);
        }
    }
}
