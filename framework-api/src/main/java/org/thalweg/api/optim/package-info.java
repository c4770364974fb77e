/** Optimizers, schedules and gradient transforms. */
package org.thalweg.api.optim;
