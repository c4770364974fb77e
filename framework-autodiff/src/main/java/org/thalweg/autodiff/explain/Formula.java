package org.thalweg.autodiff.explain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.graph.Expression;

/**
 * A formula in one line of text, as an expression over scalar FLOAT64 variables. The grammar:
 *
 * <pre>
 * expression = term {("+" | "-") term}
 * term       = factor {("*" | "/") factor}
 * factor     = "-" factor | power
 * power      = atom ["^" factor]
 * atom       = number | "pi" | "e" | name | "(" expression ")"
 *            | function "(" expression {"," expression} ")" | "d/d" name "(" expression ")"
 * </pre>
 *
 * So {@code -x^2} is {@code -(x^2)}, {@code x^y^z} is {@code x^(y^z)}, and {@code d/dx (x^3)} is the derivative {@code 3 x^2}.
 *
 * @param text as it was given
 * @param output the expression
 * @param names every name in the text, in order of appearance, with its variable
 */
public record Formula(String text, Expression output, Map<String, Expression> names) {
    /** Copies the map. */
    public Formula {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }

    /**
     * Reads a formula.
     *
     * @throws FormulaException with the column of the mistake
     */
    public static Formula parse(String text) {
        return new FormulaParser(text).parse();
    }

    /** The functions that formulas can call, as they are written: {@code max(a, b)}. */
    public static List<String> functions() {
        return FormulaFunction.ALL.values().stream().map(FormulaFunction::usage).toList();
    }
}
