package org.thalweg.app.conformance;

import org.thalweg.api.data.DataException;

/** A case lacks a field, or a field has another form; the message names file, case and field. */
final class MalformedCaseException extends DataException {
    private static final long serialVersionUID = 1L;

    MalformedCaseException(String message) {
        super(message);
    }
}
