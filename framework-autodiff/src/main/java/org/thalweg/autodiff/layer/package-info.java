/** Layers and initializers; each a record that is its own settings. Written against {@code org.thalweg.api} alone. */
package org.thalweg.autodiff.layer;
