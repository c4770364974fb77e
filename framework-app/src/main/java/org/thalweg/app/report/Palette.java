package org.thalweg.app.report;

import java.awt.Color;
import java.util.List;

/** Colours that people who see colours differently can tell apart: Okabe and Ito (2008), without yellow, which is too pale for lines. */
public final class Palette {
    private static final List<Color> COLORS = List.of(
            new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9), new Color(0x222222));
    /** Dashes for the second round, and for print without colour. */
    private static final List<float[]> DASHES = List.of(new float[0], new float[] {7, 4}, new float[] {2, 4});

    private Palette() {}

    /** The colour of a number; they come again after seven. */
    public static Color color(int number) {
        return COLORS.get(number % COLORS.size());
    }

    /** The dashes of a number: none for the first seven. */
    public static float[] dash(int number) {
        return DASHES.get(number / COLORS.size() % DASHES.size()).clone();
    }

    /** The colour as a page writes it. */
    public static String hex(int number) {
        return String.format("#%06X", color(number).getRGB() & 0xFFFFFF);
    }
}
