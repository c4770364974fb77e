/** Finding plugins and what they register. */
package org.thalweg.app.plugin;
