/** Optimizers, learning-rate schedules, gradient transforms, stop criteria and minimizers; each a record that is its own settings. */
package org.thalweg.optim;
