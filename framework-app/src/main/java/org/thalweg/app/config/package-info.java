/** From a YAML file to the settings of one training run. */
package org.thalweg.app.config;
