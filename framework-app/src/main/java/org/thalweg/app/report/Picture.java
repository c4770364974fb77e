package org.thalweg.app.report;

/**
 * A picture in two forms.
 *
 * @param png pixels
 * @param svg lines
 */
public record Picture(byte[] png, byte[] svg) {}
