/** Metrics. */
package org.thalweg.api.metric;
