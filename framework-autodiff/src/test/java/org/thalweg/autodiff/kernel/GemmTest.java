package org.thalweg.autodiff.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.tensor.DType;

class GemmTest {
    private static final List<DType> TYPES = List.of(DType.FLOAT32, DType.FLOAT64);
    private static final List<Integer> WIDTHS = List.of(0, 128, 256, 512);

    static Stream<Arguments> kernels() {
        return TYPES.stream().flatMap(dtype -> WIDTHS.stream().map(width -> Arguments.of(dtype, width)));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyBitFollowsTheRuleOnRandomShapes(DType dtype, int vectorBits) {
        Random random = new Random(1);
        for (int round = 0; round < 150; round++) {
            check(dtype, vectorBits, random, random.nextInt(20), random.nextInt(90), random.nextInt(40), round);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyBitFollowsTheRuleOnEdgeShapes(DType dtype, int vectorBits) {
        Random random = new Random(2);
        int[] edges = {0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 32, 50, 64, 65, 100};
        int round = 0;
        for (int m : new int[] {0, 1, 4, 5, 6, 7, 13}) {
            for (int n : edges) {
                for (int k : new int[] {0, 1, 2, 9}) {
                    check(dtype, vectorBits, random, m, n, k, round++);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void blocksOfALongChainAreAddedInOrder(DType dtype, int vectorBits) {
        Random random = new Random(3);
        int round = 0;
        for (int k : new int[] {511, 512, 513, 1023, 1024, 1025, 1537}) {
            for (int n : new int[] {3, 64, 70}) {
                for (int variant = 0; variant < 8; variant++) {
                    check(dtype, vectorBits, random, 5, n, k, round++);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aLargeMatrixThatIsPackedFollowsTheRuleToo(DType dtype, int vectorBits) {
        Random random = new Random(4);
        for (int round = 0; round < 8; round++) {
            check(dtype, vectorBits, random, 53, 301, 601, round);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void rowsAndColumnsMayBeSplitAnywhere(DType dtype, int vectorBits) {
        Random random = new Random(5);
        Gemm gemm = Gemm.of(dtype, vectorBits);
        GemmWorkspace workspace = gemm.workspace();
        int m = 23, n = 150, k = 600;
        Object a = randomArray(dtype, random, m * k);
        Object b = randomArray(dtype, random, k * n);
        Object whole = array(dtype, m * n);
        gemm.multiply(false, false, 0, m, 0, n, k, a, 0, k, b, 0, n, whole, 0, n, false, workspace);
        for (int round = 0; round < 10; round++) {
            int row = random.nextInt(m + 1);
            int column = random.nextInt(n + 1);
            Object parts = randomArray(dtype, random, m * n);
            for (int part = 0; part < 4; part++) {
                gemm.multiply(false, false, part < 2 ? 0 : row, part < 2 ? row : m, part % 2 == 0 ? 0 : column, part % 2 == 0 ? column : n, k,
                        a, 0, k, b, 0, n, parts, 0, n, false, workspace);
            }
            assertBitsEqual(whole, parts, "split at row " + row + ", column " + column);
        }
    }

    @Test
    void aWorkspaceOfExactlyTheStatedLengthIsEnough() {
        kernels().forEach(kernel -> {
            Gemm gemm = Gemm.of((DType) kernel.get()[0], (Integer) kernel.get()[1]);
            DType dtype = (DType) kernel.get()[0];
            int k = Gemm.DEPTH, n = gemm.panelWidth();
            gemm.multiply(false, true, 0, 1, 0, n, k, array(dtype, k), 0, k, array(dtype, n * k), 0, k, array(dtype, n), 0, n, false,
                    gemm.workspace());
        });
    }

    @Test
    void anArrayThatIsTooShortIsAnErrorAndNotAWildRead() {
        kernels().forEach(kernel -> {
            DType dtype = (DType) kernel.get()[0];
            Gemm gemm = Gemm.of(dtype, (Integer) kernel.get()[1]);
            GemmWorkspace workspace = gemm.workspace();
            for (int shortened = 0; shortened < 3; shortened++) {
                Object a = array(dtype, 8 * 9 - (shortened == 0 ? 1 : 0));
                Object b = array(dtype, 9 * 70 - (shortened == 1 ? 1 : 0));
                Object c = array(dtype, 8 * 70 - (shortened == 2 ? 1 : 0));
                assertThrows(IndexOutOfBoundsException.class,
                        () -> gemm.multiply(false, false, 0, 8, 0, 70, 9, a, 0, 9, b, 0, 70, c, 0, 70, false, workspace));
            }
        });
    }

    @Test
    void oneTypeAndWidthIsGeneratedOnce() {
        kernels().forEach(kernel -> assertTrue(Gemm.of((DType) kernel.get()[0], (Integer) kernel.get()[1])
                == Gemm.of((DType) kernel.get()[0], (Integer) kernel.get()[1])));
        assertEquals(8, kernels().map(kernel -> Gemm.of((DType) kernel.get()[0], (Integer) kernel.get()[1])).distinct().count());
    }

    @Test
    void typesAndWidthsThatMakeNoSenseAreRefused() {
        assertEquals("matrix multiplication is for FLOAT32 and FLOAT64, not INT32",
                assertThrows(IllegalArgumentException.class, () -> Gemm.of(DType.INT32, 256)).getMessage());
        assertEquals("vectorBits must be 0, 128, 256 or 512, not 64",
                assertThrows(IllegalArgumentException.class, () -> Gemm.of(DType.FLOAT32, 64)).getMessage());
    }

    @Test
    void noGeneratedMethodIsTooLongForTheJit() {
        for (DType dtype : TYPES) {
            for (int width : WIDTHS.subList(1, WIDTHS.size())) {
                byte[] bytes = new GemmKernelGenerator(dtype, GemmTile.of(dtype, width)).classFile();
                for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
                    int length = ((CodeAttribute) method.code().orElseThrow()).codeLength();
                    assertTrue(length <= 8000, dtype + " " + width + " " + method.methodName() + ": " + length + " bytes");
                }
            }
        }
    }

    @Test
    void plainKernelsNeedNoVectorApi() throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-cp",
                path(Gemm.class) + System.getProperty("path.separator") + path(DType.class)
                        + System.getProperty("path.separator") + path(PlainGemmProgram.class), PlainGemmProgram.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        assertEquals("11.0" + System.lineSeparator(), output);
    }

    private static String path(Class<?> type) throws Exception {
        return java.nio.file.Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    /** One multiplication with random offsets, row distances, transposes and sub-range, compared bit by bit, including what must stay untouched. */
    private static void check(DType dtype, int vectorBits, Random random, int m, int n, int k, int variant) {
        boolean transposeA = (variant & 1) != 0, transposeB = (variant & 2) != 0, accumulate = (variant & 4) != 0;
        int lda = (transposeA ? m : k) + random.nextInt(3);
        int ldb = (transposeB ? k : n) + random.nextInt(3);
        int ldc = n + random.nextInt(3);
        int aOffset = random.nextInt(4), bOffset = random.nextInt(4), cOffset = random.nextInt(4);
        boolean part = random.nextBoolean();
        int m0 = part ? random.nextInt(m + 1) : 0, m1 = part ? m0 + random.nextInt(m - m0 + 1) : m;
        int n0 = part ? random.nextInt(n + 1) : 0, n1 = part ? n0 + random.nextInt(n - n0 + 1) : n;
        Object a = randomArray(dtype, random, aOffset + (transposeA ? k : m) * lda);
        Object b = randomArray(dtype, random, bOffset + (transposeB ? n : k) * ldb);
        Object actual = randomArray(dtype, random, cOffset + m * ldc);
        Object expected = copy(dtype, actual);
        Object original = copy(dtype, actual);
        Gemm gemm = Gemm.of(dtype, vectorBits);

        for (int i = m0; i < m1; i++) {
            for (int j = n0; j < n1; j++) {
                int at = cOffset + i * ldc + j;
                int aStart = aOffset + (transposeA ? i : i * lda), aStep = transposeA ? lda : 1;
                int bStart = bOffset + (transposeB ? j * ldb : j), bStep = transposeB ? 1 : ldb;
                if (dtype == DType.FLOAT32) {
                    element((float[]) a, aStart, aStep, (float[]) b, bStart, bStep, k, (float[]) expected, at, accumulate);
                } else {
                    element((double[]) a, aStart, aStep, (double[]) b, bStart, bStep, k, (double[]) expected, at, accumulate);
                }
            }
        }
        gemm.multiply(transposeA, transposeB, m0, m1, n0, n1, k, a, aOffset, lda, b, bOffset, ldb, actual, cOffset, ldc, accumulate,
                gemm.workspace());
        assertBitsEqual(expected, actual, gemm + " " + m + "x" + k + "x" + n + " rows " + m0 + ".." + m1 + " columns " + n0 + ".." + n1
                + " transposeA " + transposeA + " transposeB " + transposeB + " accumulate " + accumulate);
        if (gemm.prefersPacked(transposeA, transposeB, 48, k) && !accumulate && !part) {
            PackedMatrix packed = gemm.packed(k, n);
            GemmWorkspace workspace = gemm.workspace();
            int split = Math.min(n, gemm.panelWidth());
            for (int[] columns : new int[][] {{split, n}, {0, split}}) {
                gemm.pack(transposeB, columns[0], columns[1], n, k, b, bOffset, ldb, packed, workspace);
            }
            for (int[] columns : new int[][] {{split, n}, {0, split}}) {
                for (int[] rows : new int[][] {{0, m / 2}, {m / 2, m}}) {
                    gemm.multiplyPacked(transposeA, rows[0], rows[1], columns[0], columns[1], n, k, a, aOffset, lda, packed,
                            original, cOffset, ldc, workspace);
                }
            }
            assertBitsEqual(expected, original, gemm + " packed, " + m + "x" + k + "x" + n + " transposeA " + transposeA
                    + " transposeB " + transposeB);
        }
    }

    private static void element(float[] a, int aStart, int aStep, float[] b, int bStart, int bStep, int k, float[] c, int at, boolean accumulate) {
        float result = c[at];
        boolean add = accumulate;
        for (int block = 0; block < k; block += 512) {
            float sum = 0;
            for (int p = block; p < Math.min(k, block + 512); p++) {
                sum = Math.fma(a[aStart + p * aStep], b[bStart + p * bStep], sum);
            }
            result = add ? result + sum : sum;
            add = true;
        }
        c[at] = add ? result : 0;
    }

    private static void element(double[] a, int aStart, int aStep, double[] b, int bStart, int bStep, int k, double[] c, int at, boolean accumulate) {
        double result = c[at];
        boolean add = accumulate;
        for (int block = 0; block < k; block += 512) {
            double sum = 0;
            for (int p = block; p < Math.min(k, block + 512); p++) {
                sum = Math.fma(a[aStart + p * aStep], b[bStart + p * bStep], sum);
            }
            result = add ? result + sum : sum;
            add = true;
        }
        c[at] = add ? result : 0;
    }

    private static Object array(DType dtype, int length) {
        return dtype == DType.FLOAT32 ? new float[length] : new double[length];
    }

    private static Object randomArray(DType dtype, Random random, int length) {
        Object array = array(dtype, length);
        for (int i = 0; i < length; i++) {
            if (array instanceof float[] floats) {
                floats[i] = (float) random.nextGaussian();
            } else {
                ((double[]) array)[i] = random.nextGaussian();
            }
        }
        return array;
    }

    private static Object copy(DType dtype, Object array) {
        int length = Array.getLength(array);
        Object copy = array(dtype, length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    private static void assertBitsEqual(Object expected, Object actual, String message) {
        for (int i = 0; i < Array.getLength(expected); i++) {
            boolean equal = expected instanceof float[] floats
                    ? Float.floatToRawIntBits(floats[i]) == Float.floatToRawIntBits(((float[]) actual)[i])
                    : Double.doubleToRawLongBits(((double[]) expected)[i]) == Double.doubleToRawLongBits(((double[]) actual)[i]);
            if (!equal) {
                assertEquals(Array.get(expected, i), Array.get(actual, i), message + " at " + i);
                throw new AssertionError(message + " at " + i + ": other bits");
            }
        }
    }
}
