/** Losses and metrics; each a record that is its own settings. Losses have the semantics of PyTorch's. */
package org.thalweg.loss;
