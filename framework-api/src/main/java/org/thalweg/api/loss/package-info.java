/** Losses. */
package org.thalweg.api.loss;
