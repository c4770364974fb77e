/** How a run goes and when it ends. */
package org.thalweg.api.training;
