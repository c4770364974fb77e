package org.thalweg.loss;

import java.util.StringJoiner;

/** How often rows of each class were answered with each class. Made from the sums of {@link BalancedAccuracy}, for reports. */
public final class ConfusionMatrix {
    private final int classes;
    private final double[] counts;

    private ConfusionMatrix(int classes, double[] counts) {
        this.classes = classes;
        this.counts = counts;
    }

    /**
     * From the counts, class by class, by answer.
     *
     * @throws IllegalArgumentException where their number is no square
     */
    public static ConfusionMatrix of(double[] sums) {
        int classes = (int) Math.round(Math.sqrt(sums.length));
        if (classes * classes != sums.length) {
            throw new IllegalArgumentException("a confusion matrix has as many rows as columns, but there are " + sums.length
                    + " counts; give it the sums of balanced-accuracy");
        }
        return new ConfusionMatrix(classes, sums.clone());
    }

    /** The number of classes. */
    public int classes() {
        return classes;
    }

    /** How often rows of a class were answered with a class. */
    public long count(int actual, int answered) {
        return Math.round(counts[actual * classes + answered]);
    }

    /** The number of rows of a class. */
    public long actual(int classNumber) {
        long sum = 0;
        for (int answered = 0; answered < classes; answered++) {
            sum += count(classNumber, answered);
        }
        return sum;
    }

    /** How often a class was answered. */
    public long answered(int classNumber) {
        long sum = 0;
        for (int actual = 0; actual < classes; actual++) {
            sum += count(actual, classNumber);
        }
        return sum;
    }

    /** The share of a class that was found; NaN where it has no rows. */
    public double recall(int classNumber) {
        return (double) count(classNumber, classNumber) / actual(classNumber);
    }

    /** The share of right ones among the answers of a class; NaN where it was never answered. */
    public double precision(int classNumber) {
        return (double) count(classNumber, classNumber) / answered(classNumber);
    }

    /** The share of right answers; NaN without rows. */
    public double accuracy() {
        long right = 0;
        long all = 0;
        for (int c = 0; c < classes; c++) {
            right += count(c, c);
            all += actual(c);
        }
        return (double) right / all;
    }

    /** The mean recall of the classes that have rows; NaN without rows. */
    public double balancedAccuracy() {
        double sum = 0;
        int occurring = 0;
        for (int c = 0; c < classes; c++) {
            if (actual(c) > 0) {
                sum += recall(c);
                occurring++;
            }
        }
        return sum / occurring;
    }

    /** A line for each class, with the counts of its answers. */
    @Override
    public String toString() {
        StringJoiner lines = new StringJoiner("\n");
        for (int actual = 0; actual < classes; actual++) {
            StringJoiner line = new StringJoiner(" ");
            for (int answered = 0; answered < classes; answered++) {
                line.add(Long.toString(count(actual, answered)));
            }
            lines.add(line.toString());
        }
        return lines.toString();
    }
}
