/** How a plugin makes itself known. */
package org.thalweg.api.plugin;
