/** Optimizers, learning-rate schedules, gradient transforms and stop criteria; each a record that is its own settings. */
package org.thalweg.optim;
