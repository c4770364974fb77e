/**
 * Settings as records: the record is the only place where a setting's name, type, default, range and description stand.
 *
 * <p>A component may be a {@code boolean}, {@code int}, {@code long}, {@code double}, {@code String}, an enum (written in kebab-case), another
 * record, a kind of plugin ({@code Layer}, {@code Optimizer} ...: a reference by name), a {@code List}, {@code Map<String, ...>} or
 * {@code Optional} of these; a number or a text may stand for a list of one. A component without {@link org.thalweg.api.settings.Default} must be given, unless it is optional. A
 * record's constructor may throw {@link java.lang.IllegalArgumentException} for what no annotation can say.
 */
package org.thalweg.api.settings;
