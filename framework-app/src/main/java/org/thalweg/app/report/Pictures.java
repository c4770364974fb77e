package org.thalweg.app.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.thalweg.api.tensor.Shape;

/** Rows of data that are pictures: [height, width] or [1, height, width] in grey, [3, height, width] in colours; small ones alone. */
final class Pictures {
    private static final int LEAST_EXTENT = 4;
    private static final int MOST_EXTENT = 64;
    private static final int SHOWN_WIDTH = 64;

    private Pictures() {}

    /** Whether rows of a shape are shown as pictures. */
    static boolean areIn(Shape shape) {
        boolean channels = shape.rank() == 3 && (shape.extent(0) == 1 || shape.extent(0) == 3);
        return (shape.rank() == 2 || channels) && isShown(shape.extent(shape.rank() - 1)) && isShown(shape.extent(shape.rank() - 2));
    }

    private static boolean isShown(int extent) {
        return extent >= LEAST_EXTENT && extent <= MOST_EXTENT;
    }

    /** A picture, whose smallest value is black and whose largest is white: what a transform did to them is not known here. */
    static String of(Shape shape, double[] values, String title) throws IOException {
        int width = shape.extent(shape.rank() - 1);
        int height = shape.extent(shape.rank() - 2);
        int channel = values.length == width * height ? 0 : width * height;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double range = high > low ? high - low : 1;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            int colour = 0;
            for (int part = 0; part < 3; part++) {
                colour = colour << 8 | (int) Math.round(255 * (values[i + part * channel] - low) / range);
            }
            picture.setRGB(i % width, i / width, colour);
        }
        return Html.image(picture, title, SHOWN_WIDTH, SHOWN_WIDTH * height / width, "pixels");
    }
}
