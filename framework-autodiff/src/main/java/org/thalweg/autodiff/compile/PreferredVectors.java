package org.thalweg.autodiff.compile;

import jdk.incubator.vector.FloatVector;

/** The one place here that mentions the Vector API; loaded only where it exists. */
final class PreferredVectors {
    private PreferredVectors() {}

    static int bits() {
        int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        return bits >= 512 ? 512 : bits >= 256 ? 256 : 128;
    }
}
