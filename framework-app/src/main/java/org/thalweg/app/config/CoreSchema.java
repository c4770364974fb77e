package org.thalweg.app.config;

import java.math.BigInteger;

/** What a plain (unquoted) scalar means, by the core schema of YAML 1.2: {@code 1e-3} is a number, {@code yes} a text. */
final class CoreSchema {
    private CoreSchema() {}

    static Object resolve(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> number(text);
        };
    }

    private static Object number(String text) {
        if (text.matches("[-+]?[0-9]+")) {
            return integer(new BigInteger(text));
        }
        if (text.matches("0o[0-7]+")) {
            return integer(new BigInteger(text.substring(2), 8));
        }
        if (text.matches("0x[0-9a-fA-F]+")) {
            return integer(new BigInteger(text.substring(2), 16));
        }
        if (text.matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?")) {
            return Double.valueOf(text);
        }
        if (text.matches("[-+]?\\.(inf|Inf|INF)")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return text.matches("\\.(nan|NaN|NAN)") ? (Object) Double.NaN : text;
    }

    private static Object integer(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }
}
