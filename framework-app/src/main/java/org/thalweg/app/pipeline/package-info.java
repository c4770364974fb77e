/**
 * Training for Java callers: {@link org.thalweg.app.pipeline.Pipeline} traces a model, compiles its training step and runs it. Needs no file, no
 * injector and no global state.
 */
package org.thalweg.app.pipeline;
