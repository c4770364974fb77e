package org.thalweg.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The lines with which a process says what it found. Libraries print as they like between them. */
final class Protocol {
    /** How each line begins. */
    static final String MARK = "bench|";

    private Protocol() {}

    static void version(String version) {
        line("version", "", version);
    }

    static void check(String item, double[] figures) {
        line("check", item, numbers(figures));
    }

    static void time(String item, Timing timing) {
        line("time", item, numbers(timing.median(), timing.low(), timing.high()));
    }

    static void figure(String item, double value) {
        line("figure", item, Double.toString(value));
    }

    static void problem(String item, String sentence) {
        line("problem", item, sentence.replace('\n', ' '));
    }

    static String numbers(double... values) {
        return Arrays.stream(values).mapToObj(value -> String.format(Locale.ROOT, "%.9g", value)).collect(Collectors.joining(","));
    }

    static double[] numbers(String text) {
        return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    private static void line(String kind, String item, String text) {
        System.out.println(MARK + kind + "|" + item + "|" + text);
        System.out.flush();
    }
}
