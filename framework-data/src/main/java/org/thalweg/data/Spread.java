package org.thalweg.data;

/**
 * Rows in which a class of C categories is C numbers, 1 at the place of the category and 0 elsewhere, and NaN everywhere for a missing class; of
 * which the codes of the texts are held. Reads whole rows.
 *
 * @param fields the numbers and codes of each row
 * @param classOf for each field the class of code 0, of code 1 ...; null for a number
 * @param widths how many numbers each field becomes
 * @param width how many numbers a row becomes
 * @param single whether numbers are rounded to single precision
 */
record Spread(Values fields, int[][] classOf, int[] widths, int width, boolean single) implements Values {
    @Override
    public long length() {
        return fields.length() / classOf.length * width;
    }

    @Override
    public double get(long at) {
        int place = (int) (at % width);
        int field = 0;
        while (place >= widths[field]) {
            place -= widths[field++];
        }
        double held = fields.get(at / width * classOf.length + field);
        return classOf[field] == null ? rounded(held) : place(held, classOf[field], place);
    }

    @Override
    public void copy(long from, float[] target, int at, int count) {
        for (int done = 0; done < count; ) {
            long first = (from + done) / width * classOf.length;
            for (int field = 0; field < widths.length; field++) {
                double held = fields.get(first + field);
                for (int place = 0; place < widths[field]; place++) {
                    target[at + done++] = (float) (classOf[field] == null ? held : place(held, classOf[field], place));
                }
            }
        }
    }

    @Override
    public void copy(long from, double[] target, int at, int count) {
        for (int done = 0; done < count; ) {
            long first = (from + done) / width * classOf.length;
            for (int field = 0; field < widths.length; field++) {
                double held = fields.get(first + field);
                for (int place = 0; place < widths[field]; place++) {
                    target[at + done++] = classOf[field] == null ? rounded(held) : place(held, classOf[field], place);
                }
            }
        }
    }

    private double rounded(double number) {
        return single ? (float) number : number;
    }

    private static double place(double code, int[] classOf, int place) {
        return code == CsvField.MISSING ? Double.NaN : classOf[(int) code] == place ? 1 : 0;
    }
}
