/**
 * Layers over [n, channels, spatial axes...]: convolution, pooling, padding, upsampling. Each record serves one to three spatial axes: the input's rank says
 * how many, and a setting that is a list has one number for each of them, or one for all.
 */
package org.thalweg.autodiff.layer.spatial;
