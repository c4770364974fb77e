package org.thalweg.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;

/** A promise that something does not give is skipped with the reason. */
final class Exemption {
    private Exemption() {}

    static void respect(Optional<String> reason) {
        if (reason.isPresent()) {
            assertFalse(reason.get().isBlank(), "a promise is switched off with a reason");
            abort(reason.get());
        }
    }
}
