package org.thalweg.api.plugin;

/**
 * For what a plugin registers under a name that is not its class's: {@code conv2d}, made by a class that serves {@code conv1d} too. Messages then use the name that a
 * configuration uses. Without it they call {@code LeakyRelu} {@code leaky-relu}.
 */
@Stable
public interface Named {
    /** The name that this object was registered under. */
    String registeredName();
}
