package org.thalweg.app.config;

/**
 * A kind of YAML file that holds one settings record. The record needs a setting {@code name}; the file's name stands in for it.
 *
 * @param record what the file holds
 * @param describes what such a file is about, as {@code a run}
 * @param needs what must stand in it at least, as {@code data, model and loss}
 */
public record SettingsFile<S extends Record>(Class<S> record, String describes, String needs) {}
