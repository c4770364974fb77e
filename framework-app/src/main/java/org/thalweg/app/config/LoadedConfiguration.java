package org.thalweg.app.config;

import java.util.Map;
import org.thalweg.api.data.DataContext;

/**
 * A configuration that was read and found right.
 *
 * @param run what to do
 * @param context resolves the data files that the configuration names: against the folder of the file
 * @param tree the settings as read, with overrides and variables applied; defaults are not written out
 */
public record LoadedConfiguration(RunConfiguration run, DataContext context, Map<String, Object> tree) {}
