/** The command line. */
package org.thalweg.app.cli;
