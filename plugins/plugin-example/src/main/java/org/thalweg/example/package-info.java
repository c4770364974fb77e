/** The example plugin. The package is exported, so that the framework can make the settings records. */
package org.thalweg.example;
