/** What a run leaves behind, and who trains it. */
package org.thalweg.app.run;
