package org.thalweg.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.app.workload.Numbers;

/** A file of comma-separated numbers of 6 to 9 digits after a line of names, the same from the same number of rows. A quarter of the numbers is negative. */
public final class NumbersFile {
    /** The names of the columns. */
    public static final List<String> COLUMNS = IntStream.rangeClosed(1, 20).mapToObj(number -> "c" + number).toList();

    private static final int LEAST_DIGITS = 6;
    private static final int MOST_DIGITS = 9;
    private static final int MOST_WHOLE_DIGITS = 4;
    private static final int LONGEST = MOST_DIGITS + 3;

    private NumbersFile() {}

    /** Makes a file that is gone when this process ends. */
    static Path make(int rows) throws IOException {
        Path file = Files.createTempFile("framework-bench-", ".csv");
        file.toFile().deleteOnExit();
        SplittableRandom random = new SplittableRandom(Numbers.SEED);
        byte[] line = new byte[COLUMNS.size() * LONGEST];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(COLUMNS.stream().collect(Collectors.joining(",", "", "\n")).getBytes(StandardCharsets.US_ASCII));
            for (int row = 0; row < rows; row++) {
                int end = 0;
                for (int column = 0; column < COLUMNS.size(); column++) {
                    end = number(random, 1 + column % MOST_WHOLE_DIGITS, line, end);
                    line[end++] = (byte) (column + 1 < COLUMNS.size() ? ',' : '\n');
                }
                out.write(line, 0, end);
            }
        }
        return file;
    }

    private static int number(SplittableRandom random, int wholeDigits, byte[] line, int from) {
        int end = from;
        if (random.nextInt(4) == 0) {
            line[end++] = '-';
        }
        int digits = random.nextInt(LEAST_DIGITS, MOST_DIGITS + 1);
        for (int digit = 0; digit < digits; digit++) {
            if (digit == wholeDigits) {
                line[end++] = '.';
            }
            line[end++] = (byte) ('0' + random.nextInt(digit == 0 ? 1 : 0, 10));
        }
        return end;
    }
}
