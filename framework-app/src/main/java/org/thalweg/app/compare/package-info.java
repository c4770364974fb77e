/** Pictures that compare optimizers: paths on surfaces that can be drawn, and trainings of small models. */
package org.thalweg.app.compare;
