/** Many runs of one pipeline with different settings, to find the best. */
package org.thalweg.app.sweep;
