package org.thalweg.app.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.app.listener.PrintListener;

/** How metrics are shown to people. */
final class Figures {
    private static final String TRAINING = "train.";

    private Figures() {}

    /** Four places, or powers of ten for what would vanish in them. */
    static String number(double value) {
        return PrintListener.number(value);
    }

    /** {@code validation.accuracy} as it is said: "validation accuracy"; the training part goes without saying. */
    static String name(String metric) {
        return PrintListener.name(metric);
    }

    /** The one figure that matters most: the first configured metric or else the loss, on test data or else validation data. */
    static Optional<String> best(Map<String, Double> metrics, List<String> configured) {
        return Stream.concat(configured.stream().limit(1), Stream.of("loss"))
                .flatMap(metric -> Stream.of("test.", "validation.", TRAINING).map(part -> part + metric))
                .filter(metrics::containsKey)
                .findFirst();
    }
}
