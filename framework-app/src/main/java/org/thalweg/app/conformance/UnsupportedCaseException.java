package org.thalweg.app.conformance;

/** A case asks for something that is not registered or has no counterpart here; the message says what. */
final class UnsupportedCaseException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedCaseException(String message) {
        super(message);
    }
}
