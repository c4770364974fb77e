package org.thalweg.autodiff.compile;

/** A matrix product whose rows can be computed part by part, so that a loop can follow on the same rows. */
interface ProductStep extends Step {
    /** What must be done before {@link #rows}. */
    void prepare(Memory memory);

    /** Computes whole rows of a single product. */
    void rows(Memory memory, int from, int to, int worker);

    int rowCount();

    int columnCount();

    /** Rows of a part that is worth a thread. */
    int rowsOfPart(int threads);
}
