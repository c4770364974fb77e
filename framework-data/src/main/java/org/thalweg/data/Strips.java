package org.thalweg.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * Strings of randomly chosen images of a labelled source side by side, with random gaps, for {@code ctc}: what stands there is known, but not where.
 * The same seed makes the same strips, everywhere. With images [H, W] of C classes the columns are
 *
 * <ul>
 *   <li>{@code input}, [T, frame · H]: frames of {@code frame} columns of pixels each, from left to right, zeros behind the strip's end;
 *   <li>{@code target}, INT32 [most]: class c as c + 1, since 0 is the blank; zeros behind the end;
 *   <li>{@code inputLengths}, INT32 []: how many frames the strip has;
 *   <li>{@code targetLengths}, INT32 []: how many images.
 * </ul>
 *
 * T = (most · W + (most + 1) · gap) / frame, rounded up, is the longest strip that can be.
 *
 * @param source with the columns {@code input}, an image [H, W], and {@code target}, one class number a row
 * @param count how many strips
 * @param least images of a strip
 * @param most images of a strip
 * @param gap the most empty columns of pixels before, between and behind images
 * @param frame columns of pixels of a time step
 * @param seed of the choice
 */
@Description("Strings of random images of a labelled source side by side, for ctc: input are frames of columns of pixels, [T, frame · H], target the class numbers from 1,"
        + " with inputLengths and targetLengths.")
public record Strips(
        @Description("Labelled images: the columns input, [H, W], and target, one class number a row.") DataSource source,
        @Description("How many strips.") @Min(1) int count,
        @Description("The fewest images of a strip.") @Default("3") @Min(1) int least,
        @Description("The most images of a strip.") @Default("6") @Min(1) int most,
        @Description("The most empty columns of pixels before, between and behind the images.") @Default("2") @Min(0) int gap,
        @Description("How many columns of pixels make a time step.") @Default("1") @Min(1) int frame,
        @Description("What the choice follows from.") @Default("42") long seed)
        implements DataSource {

    /** Checks that the numbers of images rise. */
    public Strips {
        if (least > most) {
            throw new IllegalArgumentException("least is " + least + ", but most is " + most + ": a strip cannot have that few images at least");
        }
    }

    @Override
    public Dataset open(DataContext context) throws IOException {
        try (Dataset images = source.open(context)) {
            return drawn(images);
        }
    }

    private Dataset drawn(Dataset images) {
        Column image = images.schema().column(Column.INPUT);
        if (image.shape().rank() != 2 || !image.dtype().isFloating()) {
            throw new DataException("strips need a source whose 'input' is an image of numbers, [height, width], but it is " + image.dtype() + image.shape());
        }
        int[] classes = Labels.of(images, "strips");
        int height = image.shape().extent(0);
        int width = image.shape().extent(1);
        int time = (most * width + (most + 1) * gap + frame - 1) / frame;
        int stripSize = time * frame * height;
        float[] frames = new float[Math.multiplyExact(count, stripSize)];
        int[] symbols = new int[Math.multiplyExact(count, most)];
        int[] inputLengths = new int[count];
        int[] targetLengths = new int[count];
        float[] pixels = new float[height * width];
        SplitMix64 random = new SplitMix64(seed);
        for (int strip = 0; strip < count; strip++) {
            targetLengths[strip] = least + random.below(most - least + 1);
            int at = random.below(gap + 1);
            for (int i = 0; i < targetLengths[strip]; i++) {
                int row = random.below(images.size());
                images.read(images.schema().indexOf(Column.INPUT), new int[] {row}, 0, 1, pixels);
                for (int x = 0; x < width; x++) {
                    for (int y = 0; y < height; y++) {
                        frames[strip * stripSize + (at + x) * height + y] = pixels[y * width + x];
                    }
                }
                symbols[strip * most + i] = classes[row] + 1;
                at += width + random.below(gap + 1);
            }
            inputLengths[strip] = (at + frame - 1) / frame;
        }
        return InMemory.of(
                ColumnValues.numbers(Column.INPUT, Shape.of(time, frame * height), frames),
                ColumnValues.of(new Column(Column.TARGET, DType.INT32, Shape.of(most), names(images)), new Values.Ints(symbols)),
                ColumnValues.integers("inputLengths", Shape.scalar(), inputLengths),
                ColumnValues.integers("targetLengths", Shape.scalar(), targetLengths));
    }

    private static List<String> names(Dataset images) {
        List<String> names = new ArrayList<>(images.schema().column(Column.TARGET).categories());
        if (!names.isEmpty()) {
            names.addFirst("blank");
        }
        return names;
    }
}
