/** Answers of a trained model to the rows of a file. */
package org.thalweg.app.predict;
