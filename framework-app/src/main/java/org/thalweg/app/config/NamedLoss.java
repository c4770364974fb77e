package org.thalweg.app.config;

import org.thalweg.api.loss.Loss;

/**
 * A loss and what it is called in messages.
 *
 * @param name as registered
 * @param loss the loss
 */
public record NamedLoss(String name, Loss loss) {}
