/** Layers and how their parameters start. */
package org.thalweg.api.layer;
