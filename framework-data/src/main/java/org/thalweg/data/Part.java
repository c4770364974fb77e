package org.thalweg.data;

/** The part of a published data set. */
public enum Part {
    /** What models are trained on. */
    TRAIN("train"),
    /** What they are judged by at the end. */
    TEST("t10k");

    private final String prefix;

    Part(String prefix) {
        this.prefix = prefix;
    }

    /** What the names of its files start with. */
    String prefix() {
        return prefix;
    }
}
