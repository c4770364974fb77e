package org.thalweg.api.data;

/** Data that cannot be read or is not what it says. The message is one sentence with the file, the place in it, and the remedy. */
public class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong, where, and what to do. */
    public DataException(String message) {
        super(message);
    }

    /** With the cause, which only {@code --debug} shows. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
