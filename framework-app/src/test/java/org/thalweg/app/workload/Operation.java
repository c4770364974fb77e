package org.thalweg.app.workload;

/** One computation that can be repeated. */
public interface Operation {
    /** Does it once more. */
    void run();

    /** Numbers by which two implementations can be compared, after the runs so far. */
    double[] figures();
}
