package org.thalweg.app.pipeline;

import org.thalweg.api.data.DataException;

/** Which rows an epoch goes through, in order. Owns the array that it hands out. */
final class RowOrder {
    private final Plan plan;
    private final long stream = RandomStream.number("shuffle", "training");
    private int[] rows;

    RowOrder(Plan plan) {
        this.plan = plan;
        this.rows = plan.rowOrder().isPresent() ? checked(1) : new int[plan.training().size()];
    }

    /** Rows of an epoch. */
    int count() {
        return rows.length;
    }

    /** The row numbers of an epoch, from 1; valid until the next call. */
    int[] of(int epoch) {
        if (plan.rowOrder().isPresent()) {
            rows = checked(epoch);
            return rows;
        }
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        if (!plan.optimizer().wholeDataset()) {
            shuffle(new RandomStream(plan.seed(), stream, epoch));
        }
        return rows;
    }

    /** Fisher and Yates: every permutation is as likely. */
    private void shuffle(RandomStream random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int row = rows[i];
            rows[i] = rows[other];
            rows[other] = row;
        }
    }

    private int[] checked(int epoch) {
        int[] order = plan.rowOrder().orElseThrow().apply(epoch);
        if (order == null || order.length == 0 || rows != null && order.length != rows.length) {
            throw new DataException("the row order of epoch " + epoch + " has " + (order == null ? 0 : order.length) + " rows"
                    + (rows == null ? "" : ", but that of the first has " + rows.length));
        }
        for (int row : order) {
            if (row < 0 || row >= plan.training().size()) {
                throw new DataException("the row order of epoch " + epoch + " has the row " + row + ", but the training data has the rows 0 to "
                        + (plan.training().size() - 1));
            }
        }
        return order;
    }
}
