package org.thalweg.app.config;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.Reduction;

/**
 * A loss and what it is called in messages.
 *
 * @param name as registered
 * @param loss the loss
 */
public record NamedLoss(String name, Loss loss) {
    /** Checks that it can be minimised. */
    public NamedLoss {
        if (loss.reduction() == Reduction.NONE) {
            throw new IllegalArgumentException("a loss that trains must become one number: set reduction to mean or sum");
        }
    }
}
