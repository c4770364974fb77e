package org.thalweg.autodiff.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.tensor.DType;

class MatrixTimesVectorTest {
    static Stream<Arguments> kernels() {
        return GemmTest.kernels();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyElementOfAColumnIsASumOfLanes(DType dtype, int vectorBits) {
        Random random = new Random(11);
        Gemm gemm = Gemm.of(dtype, vectorBits);
        for (int round = 0; round < 200; round++) {
            int m = random.nextInt(12);
            int k = random.nextInt(70);
            int lda = k + random.nextInt(3);
            int from = random.nextInt(m + 1);
            int to = from + random.nextInt(m - from + 1);
            int aOffset = random.nextInt(3);
            int xOffset = random.nextInt(3);
            int yOffset = random.nextInt(3);
            double[] a = numbers(random, aOffset + m * lda);
            double[] x = numbers(random, xOffset + k);
            double[] expected = numbers(random, yOffset + m);
            Object y = array(dtype, expected);
            for (int i = from; i < to; i++) {
                expected[yOffset + i] = dot(dtype, k, a, aOffset + i * lda, x, xOffset);
            }
            gemm.multiplyVector(from, to, k, array(dtype, a), aOffset, lda, array(dtype, x), xOffset, y, yOffset, gemm.workspace());
            assertArrayEquals(bits(array(dtype, expected)), bits(y), gemm + " " + m + "x" + k + " elements " + from + ".." + to);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aRowHasTheBitsOfAProductOfMatrices(DType dtype, int vectorBits) {
        Random random = new Random(12);
        Gemm gemm = Gemm.of(dtype, vectorBits);
        for (int round = 0; round < 200; round++) {
            int n = 1 + random.nextInt(150);
            int k = round % 20 == 0 ? 500 + random.nextInt(600) : random.nextInt(40);
            int ldb = n + random.nextInt(3);
            int from = random.nextInt(n);
            int to = from + random.nextInt(n - from + 1);
            Object x = array(dtype, numbers(random, 2 + k));
            Object b = array(dtype, numbers(random, 1 + k * ldb));
            double[] before = numbers(random, 3 + n);
            Object expected = array(dtype, before);
            Object c = array(dtype, before);
            Gemm.of(dtype, 0).multiply(false, false, 0, 1, from, to, k, x, 2, k, b, 1, ldb, expected, 3, n, false, Gemm.of(dtype, 0).workspace());
            gemm.multiplyRow(from, to, k, x, 2, b, 1, ldb, c, 3, gemm.workspace());
            assertArrayEquals(bits(expected), bits(c), gemm + " " + k + "x" + n + " columns " + from + ".." + to);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void anArrayThatIsTooShortIsAnErrorAndNotAWildRead(DType dtype, int vectorBits) {
        Gemm gemm = Gemm.of(dtype, vectorBits);
        for (int shortened = 0; shortened < 3; shortened++) {
            Object matrix = array(dtype, new double[9 * 20 - (shortened == 0 ? 1 : 0)]);
            Object left = array(dtype, new double[9 - (shortened == 1 ? 1 : 0)]);
            Object right = array(dtype, new double[20 - (shortened == 2 ? 1 : 0)]);
            assertThrows(IndexOutOfBoundsException.class, () -> gemm.multiplyVector(0, 9, 20, matrix, 0, 20, right, 0, left, 0, gemm.workspace()));
            assertThrows(IndexOutOfBoundsException.class, () -> gemm.multiplyRow(0, 20, 9, left, 0, matrix, 0, 20, right, 0, gemm.workspace()));
        }
    }

    /** The rule on bits, literally. */
    private static double dot(DType dtype, int k, double[] a, int aStart, double[] x, int xStart) {
        int count = dtype == DType.FLOAT32 ? 16 : 8;
        double[] lanes = new double[count];
        for (int i = 0; i < k || i % count != 0; i++) {
            double left = i < k ? a[aStart + i] : 0;
            double right = i < k ? x[xStart + i] : 0;
            lanes[i % count] = dtype == DType.FLOAT32 ? Math.fma((float) left, (float) right, (float) lanes[i % count])
                    : Math.fma(left, right, lanes[i % count]);
        }
        for (int half = count / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] = dtype == DType.FLOAT32 ? (float) lanes[i] + (float) lanes[i + half] : lanes[i] + lanes[i + half];
            }
        }
        return lanes[0];
    }

    /** Some are tiny, so that products become zeros of either sign. */
    private static double[] numbers(Random random, int length) {
        return random.doubles(length, -1, 1).map(x -> random.nextInt(10) == 0 ? x * 1e-30 : x).map(x -> (float) x).toArray();
    }

    private static Object array(DType dtype, double[] values) {
        if (dtype == DType.FLOAT64) {
            return values.clone();
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static long[] bits(Object array) {
        long[] bits = new long[java.lang.reflect.Array.getLength(array)];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = array instanceof float[] floats ? Float.floatToRawIntBits(floats[i]) : Double.doubleToRawLongBits(((double[]) array)[i]);
        }
        return bits;
    }
}
