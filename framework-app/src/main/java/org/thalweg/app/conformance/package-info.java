/** Plugins against vectors that PyTorch, or anyone else, computed. */
package org.thalweg.app.conformance;
