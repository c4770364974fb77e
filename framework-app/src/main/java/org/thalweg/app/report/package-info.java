/** A page about a run, for people. */
package org.thalweg.app.report;
