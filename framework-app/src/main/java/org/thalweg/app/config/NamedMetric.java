package org.thalweg.app.config;

import org.thalweg.api.metric.Metric;

/**
 * A metric and what it is called in output, as in {@code validation.accuracy}.
 *
 * @param name as registered; unique in a run
 * @param metric the metric
 */
public record NamedMetric(String name, Metric metric) {}
