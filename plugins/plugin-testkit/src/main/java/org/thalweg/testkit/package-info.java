/**
 * Contract tests for plugins: extend one, name what is to be tested, and every promise of its kind is tested. What a thing cannot promise is
 * switched off with a reason.
 */
package org.thalweg.testkit;
